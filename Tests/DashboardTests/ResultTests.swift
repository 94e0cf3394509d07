import Core
import Dashboard
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@Suite struct ResultTests {
    static let gone = "is no longer kept"

    @Test func `a result is there again when the page is loaded again, for a quarter of an hour`() async throws {
        let later = Mutex(now)
        let site = try await Site(clock: WallClock { later.withLock { $0 } })
        try await site.signedIn { browser async throws in
            let path = try await browser.pressed("/channels/5/resume")
            for (seconds, isThere) in [(0, true), (899, true), (900, false)] {
                later.withLock { $0 = now + .seconds(seconds) }
                let text = try await browser.get(path).text
                #expect(text.contains("Messages go out again.") == isThere && text.contains(Self.gone) == !isThere, "\(seconds)")
            }
            #expect(try await !browser.get("/channels/5").text.contains(Self.gone))
        }
    }

    @Test func `of each person the last five are kept`() async throws {
        try await Site().signedIn { browser async throws in
            var paths: [String] = []
            for _ in 1...6 { paths.append(try await browser.pressed("/channels/5/resume")) }
            #expect(Set(paths).count == 6)
            for (index, path) in paths.enumerated() {
                #expect(try await browser.get(path).text.contains(Self.gone) == (index == 0), "\(index)")
            }
        }
    }

    @Test func `a result belongs to its channel, and a made-up one is none`() async throws {
        var other = ChannelDetail.shop
        other.summary.id = ChannelID(rawValue: 6)
        try await Site(lines: Lines([.shop, other])).signedIn { browser async throws in
            let path = try await browser.pressed("/channels/5/resume")
            for path in [path.replacing("/channels/5", with: "/channels/6"), "/channels/5?result=", "/channels/5?result=0000"] {
                let text = try await browser.get(path).text
                #expect(!text.contains("Messages go out again.") && text.contains(Self.gone), "\(path)")
            }
            #expect(try await browser.get("/channels/5?result=1&result=2").status == .badRequest)
        }
    }
}
