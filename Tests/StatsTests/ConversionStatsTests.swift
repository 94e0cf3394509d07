import Core
import Stats
import Storage
import StorageTesting
import Testing

@Suite struct ConversionStatsTests {
    private static let account = AccountID(rawValue: 1)

    private func stats(_ kind: TestEngine, _ conversions: [(isControl: Bool, revenue: Int64)]) async throws -> ConversionStats? {
        let engine = try await kind.makeWithAccount()
        try await engine.write { session in
            for statement in VariantStatsTests.rows(session.dialect) { try session.execute(statement) }
            try session.execute("INSERT INTO conversion_goal (campaign_id, account_id, event_key) VALUES (1, 1, 'charged')")
            for (place, conversion) in conversions.enumerated() {
                try session.execute(
                    """
                    INSERT INTO conversion (campaign_id, profile_id, account_id, is_control, converted_at, revenue)
                    VALUES (1, \(place + 1), 1, \(conversion.isControl ? 1 : 0), 0, \(conversion.revenue))
                    """)
            }
        }
        return try await StatsReader(engine: engine).stats(of: CampaignID(rawValue: 1), account: Self.account).conversions
    }

    @Test(arguments: TestEngine.available)
    func `those who were sent to and those who were held back are told apart`(kind: TestEngine) async throws {
        let stats = try await stats(
            kind, [(false, 1_500_000), (false, -250_000), (true, 2_000_000), (true, 0), (true, 999_999)])
        #expect(stats?.conversions == 2 && stats?.revenue == 1.25)
        #expect(stats?.controlConversions == 3 && stats?.controlRevenue == 2.999999)
    }

    @Test(arguments: TestEngine.available)
    func `nobody is zero, and the largest sums fit`(kind: TestEngine) async throws {
        #expect(try await stats(kind, []) == ConversionStats())
        let most: Int64 = 1_000_000_000_000 * 1_000_000
        #expect(try await stats(kind, Array(repeating: (false, most), count: 6))?.revenue == 6e12)
        #expect(try await stats(kind, Array(repeating: (true, -most), count: 6))?.controlRevenue == -6e12)
    }

    @Test(arguments: TestEngine.available)
    func `a campaign without a goal has none`(kind: TestEngine) async throws {
        let engine = try await kind.makeWithAccount()
        #expect(try await StatsReader(engine: engine).stats(of: CampaignID(rawValue: 1), account: Self.account).conversions == nil)
    }
}
