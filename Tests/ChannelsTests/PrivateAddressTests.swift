import Channels
import Core
import Testing

/// What a company may enter as a channel's address where this machine and private networks are out of bounds.
@Suite struct PrivateAddressTests {
    private func code(_ url: String, allowed: Bool) -> String? {
        let rules = ChannelRules(providers: ChannelFixture.providers, allowsPrivateAddresses: allowed)
        do throws(InputError) { _ = try rules.draft(ChannelFixture.draft(["base_url": .string(url)])) } catch { return error.code }
        return nil
    }

    private static let kept: [String] = [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1", "0x7f000001", "0x7f.0.0.1", "0X7F.1", "127.0.0.1.",
        "127.0.0.01", "0", "0.0.0.0", "00.0.0.0", "10.0.0.1", "10.1", "167772161", "172.16.0.1", "172.31.255.254", "192.168.1.1",
        "192.168.257",
        "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1",
        "198.18.0.1", "localhost", "LOCALHOST", "localhost.", "a.localhost", "A.LocalHost.", "printer.local", "metadata.google.internal",
        "db.internal.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::FFFF:7f00:1]", "[::127.0.0.1]", "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2001:db8::1]", "999.999.999.999", "1.2.3.4.5",
    ]

    @Test(arguments: kept)
    func `a host that is this machine or a private network is refused in every spelling`(host: String) {
        for url in ["http://\(host)", "https://\(host):8443", "HTTPS://\(host)/v1/"] {
            #expect(code(url, allowed: false) == "private_address", "\(url)")
            #expect(code(url, allowed: true) == nil, "\(url)")
        }
    }

    @Test(arguments: [
        "https://api.nexmo.com", "https://graph.facebook.com:443/v25.0", "http://8.8.8.8", "https://[2606:4700::1111]:8443/a",
        "https://[::ffff:8.8.8.8]", "https://local.example.com", "https://localhost.example.com", "https://internal.example.com",
        "https://127.0.0.1.example.com", "https://3scale.example", "https://intern", "https://a-b_c.example",
    ])
    func `a public host is taken`(url: String) { #expect(code(url, allowed: false) == nil) }

    @Test(arguments: [
        "http://user@127.0.0.1", "http://8.8.8.8@127.0.0.1", "http://127.0.0.1#.example.com", "http://127.0.0.1?.example.com",
        "http://127.0.0.1\\.example.com", "http:///127.0.0.1", "http:127.0.0.1", "http://[::1", "http://::1]", "http://[fe80::1%25eth0]",
        "http://[::1]x", "http://１２７.0.0.1", "http://127。0.0.1", "http://%31%32%37.0.0.1", "http://ⓛocalhost", "file:///etc/passwd",
        "gopher://127.0.0.1", "//127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:", "http://127.0.0.1:80:80", "http://a\r\nb",
    ])
    func `an address that is none is refused as such`(url: String) {
        #expect(code(url, allowed: false) == "invalid_channel")
        #expect(code(url, allowed: true) == "invalid_channel")
    }

    @Test func `the answer says how to allow it`() {
        let rules = ChannelRules(providers: ChannelFixture.providers, allowsPrivateAddresses: false)
        let error = #expect(throws: InputError.self) { try rules.draft(ChannelFixture.draft(["base_url": "http://127.0.0.1"])) }
        #expect(error?.field == "base_url")
        #expect(error?.message.contains("WHIMBREL_PRIVATE_PROVIDERS=allow") == true)
    }
}
