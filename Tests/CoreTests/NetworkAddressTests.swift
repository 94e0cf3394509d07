import Core
import Testing

@Suite struct NetworkAddressTests {
    private static let kept: [String] = [
        // This machine, and "this network".
        "127.0.0.1", "127.0.0.2", "127.255.255.255", "0.0.0.0", "0.0.0.1", "0.255.255.255", "::1", "::",
        // Private, shared by carriers, local to a link.
        "10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "100.64.0.1",
        "100.127.255.255", "169.254.0.1", "169.254.169.254", "169.254.170.2",
        // Set apart for protocols, documents and measuring.
        "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
        // To many, reserved, to everybody.
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        // Version 6: local, to many, documents, tunnels, benchmarks, thrown away.
        "fc00::1", "fd12:3456:789a::1", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1",
        "2001:db8:ffff::1", "3fff::1", "3fff:fff::1", "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "100::1", "5f00::1",
        "4000::1", "64:ff9b:1::1", "::2", "::ffff:0:10.0.0.1",
        // Version 4 in the clothes of version 6.
        "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "::127.0.0.1",
        "::192.168.1.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1",
        "2002:a9fe:a9fe::1",
    ]

    private static let open: [String] = [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "198.51.99.255", "203.0.112.255", "203.0.114.0", "223.255.255.255", "2606:4700::1111",
        "2a00:1450:4001::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "3ffe::1", "2003::1",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
    ]

    @Test(arguments: kept)
    func `what is not of the open network is kept back`(text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(arguments: open)
    func `the neighbours of what is kept back are public`(text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic)
    }

    @Test(arguments: [
        "", " ", "localhost", "example.com", "1.2.3", "1.2.3.4.5", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
        "127.0.0.01", "256.0.0.1", "1.2.3.-4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4/8", "1.2.3.4:80", "１.2.3.4", "[::1]", "::1%lo", "fe80::1%1",
        "1::2::3", ":::", "12345::", "g::1", "::1.2.3", "1:2:3:4:5:6:7:8:9",
    ])
    func `another spelling is none`(text: String) { #expect(NetworkAddress(text) == nil) }

    @Test func `a text does not end at a zero`() {
        #expect(NetworkAddress("8.8.8.8\0") == nil)
        #expect(NetworkAddress("8.8.8.8\0.example.com") == nil)
    }

    @Test(arguments: [
        ("::1", "0:0:0:0:0:0:0:1"), ("FD00::A", "fd00:0::a"), ("::ffff:1.2.3.4", "1.2.3.4"), ("64:ff9b::102:304", "1.2.3.4"),
        ("2002:102:304::", "1.2.3.4"), ("::1.2.3.4", "1.2.3.4"),
    ])
    func `two texts of one address are one`(one: String, other: String) throws {
        let address = try #require(NetworkAddress(one))
        #expect(address == NetworkAddress(other))
    }

    @Test(arguments: [0, 1, 3, 5, 8, 15, 17])
    func `other than 4 or 16 bytes are none`(count: Int) {
        #expect(NetworkAddress(bytes: Array(repeating: 1, count: count)) == nil)
    }

    @Test func `bytes and text are the same address`() {
        #expect(NetworkAddress(bytes: [8, 8, 4, 4]) == NetworkAddress("8.8.4.4"))
        #expect(NetworkAddress(bytes: [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 12)) == NetworkAddress("2001:db8::"))
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("::127.0.0.1", true), ("128.0.0.1", false),
        ("10.0.0.1", false), ("::", false), ("::2", false), ("fe80::1", false),
    ])
    func `this machine knows itself`(text: String, isLoopback: Bool) throws {
        #expect(try #require(NetworkAddress(text)).isLoopback == isLoopback)
    }
}
