import Core
import Dashboard
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct LiveCampaignTests {
    func stream(_ story: Story, looks: Int = 300) async throws -> TestResponse {
        try await Site(story, looks: looks).app.test(.router) { client in
            let browser = Browser(client)
            try await browser.signIn()
            return try await browser.get("/campaigns/77/live")
        }
    }

    @Test func `the stream sends what changed and ends with the campaign`() async throws {
        var later = halfway
        later.sent = 1555
        let answer = try await stream(
            Story(
                [
                    .init(status: "running", numbers: halfway), .init(status: "running", numbers: halfway),
                    .init(status: "running", numbers: halfway), .init(status: "running", numbers: later),
                    .init(status: "completed", numbers: later),
                ], finishedAt: now - .seconds(901)))
        #expect(answer.headers[.contentType] == "text/event-stream")
        #expect(answer.headers[.cacheControl] == "no-store")
        let events = answer.text.split(separator: "\n\n").map(String.init)
        #expect(events.filter { $0.hasPrefix("event: parts\n") }.count == 3)
        #expect(events.first?.contains("1,234") == true)
        #expect(events.last?.hasPrefix("event: end\n") == true)
        let data = answer.text.split(separator: "\n").allSatisfy { $0.hasPrefix("event: ") || $0.hasPrefix("data: ") }
        #expect(data)
        #expect(events.dropLast().last?.contains("Completed. 1,555 of 2,000 sent") == true)
    }

    @Test func `while nothing changes it shows that it is alive, and ends after a while`() async throws {
        let answer = try await stream(Story([.init(status: "running", numbers: halfway)]), looks: 61)
        #expect(answer.text.split(separator: "\n\n").filter { $0.hasPrefix(":") }.count == 4)
        #expect(!answer.text.contains("event: end"))
    }

    @Test func `receipts are still followed for a quarter of an hour after the end`() async throws {
        let story = Story([.init(status: "completed", numbers: halfway)], finishedAt: now - .seconds(899))
        let text = try await stream(story, looks: 3).text
        #expect(!text.contains("event: end"))
    }

    @Test func `a draft has nothing to follow`() async throws {
        let text = try await stream(Story([.init(status: "draft", numbers: CampaignNumbers())])).text
        #expect(text.contains("event: end"))
    }
}
