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

    @Test func `an empty list of providers knows none`() {
        let list = ProviderList([])
        #expect(list["vonage"] == nil)
        #expect(list.names.isEmpty)
    }
}
