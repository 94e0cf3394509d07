import Core
import Testing
import WhatsApp

@Suite struct CredentialsTests {
    @Test func `printing credentials and what holds them shows no secret`() throws {
        let number = try #require(PhoneNumber("+14155551234"))
        let line = Line(number: number, baseURL: "https://example.com", credentials: Credentials(["key": "sesame", "id": "open"]))
        var dumped = ""
        dump(line, to: &dumped)
        for text in ["\(line)", "\(line.credentials)", String(reflecting: line), dumped] {
            #expect(!text.contains("sesame"))
        }
        #expect("\(line.credentials)" == "Credentials(id, key)")
    }

    @Test func `others are laid over by name, and an empty one takes its name away`() {
        let old = Credentials(["key": "sesame", "secret": "open", "sender": "shop"])
        #expect(
            old.merging(Credentials(["key": "new", "sender": "", "token": "t"]))
                == Credentials(["key": "new", "secret": "open", "token": "t"]))
        #expect(old.merging(Credentials([:])) == old)
        #expect(Credentials([:]).merging(Credentials(["a": ""])).names == [])
    }

    @Test(arguments: [
        ("no secret here", "no secret here"), ("bad key sesame-123", "bad key •••"), ("sesame-123sesame-123", "••••••"),
        ("sesame-123-longer is wrong", "••• is wrong"), ("Sesame-123", "Sesame-123"), ("abcde is short", "abcde is short"), ("", ""),
        ("klūgžš1", "•••"),
    ])
    func `secrets are blotted out of what a vendor says, the longest first`(said: String, shown: String) {
        let credentials = Credentials(["key": "sesame-123", "token": "sesame-123-longer", "pin": "abcde", "word": "klūgžš1", "none": ""])
        #expect(credentials.redacted(said) == shown)
    }

    @Test func `an empty list of providers knows none`() {
        let list = ProviderList([])
        #expect(list["vonage"] == nil)
        #expect(list.names.isEmpty)
    }
}
