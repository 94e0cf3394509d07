import Core
import Storage
import ZoneTime

extension MessageRecord {
    /// In the order that `init(row:)` reads and `values` gives.
    static let columns = """
        id, account_id, campaign_id, run, profile_id, channel_id, template_id, phone, parameters, planned_at, \
        state, reason, due_at, lease_until, attempts, provider_message_id, asked_at, accepted_at, sent_at, delivered_at, \
        viewed_at, failed_at, replies, user_id, retries, whatsapp_message_id, pricing, lane, variant, \
        reach_day, slot_at
        """

    init(row: SQLRow) throws {
        (id, accountID, campaignID) = (try row.id(0), try row.id(1), try row.id(2))
        (run, profileID, channelID, templateID) = (try row.int(3), try row.id(4), try row.id(5), try row.id(6))
        phone = try row.textIfPresent(7).flatMap(PhoneNumber.init(digits:))
        parameters = try row.json(8).array?.compactMap(\.string) ?? []
        plannedAt = try row.time(9)
        guard let state = MessageState(rawValue: try row.text(10)) else {
            throw StorageError(.mismatch, "message \(id) is in a state that this program does not know")
        }
        guard let lane = Lane(rawValue: try row.int(27)) else {
            throw StorageError(.mismatch, "message \(id) is in a lane that this program does not know")
        }
        (self.state, self.lane, variant) = (state, lane, try row.textIfPresent(28))
        reason = try row.textIfPresent(11).map(Reason.init(rawValue:))
        (dueAt, leaseUntil, attempts) = (try row.time(12), try row.timeIfPresent(13), try row.int(14))
        (providerMessageID, askedAt, acceptedAt) = (try row.textIfPresent(15), try row.timeIfPresent(16), try row.timeIfPresent(17))
        (sentAt, deliveredAt, viewedAt) = (try row.timeIfPresent(18), try row.timeIfPresent(19), try row.timeIfPresent(20))
        (failedAt, replies) = (try row.timeIfPresent(21), try row.int(22))
        (userID, retries, whatsAppMessageID) = (try row.textIfPresent(23), try row.int(24), try row.textIfPresent(25))
        reachDay = try row.isNull(29) ? nil : Day(number: row.integer(29))
        slotAt = try row.timeIfPresent(30)
        pricing = try row.isNull(26) ? JSONValue?.none : row.json(26)  // a bare nil would be JSON's null
    }

    /// What never changes.
    var fixedValues: [SQLValue] {
        [
            .id(id), .id(accountID), .id(campaignID), .int(run), .id(profileID), .id(channelID), .id(templateID),
            .optional(phone?.digits), .json(.array(parameters.map { .string($0) })), .time(plannedAt), .optional(userID),
            .int(lane.rawValue), .optional(variant),
        ]
    }

    /// What the sending side changes; the columns that indexes are made of.
    var sendingValues: [SQLValue] {
        [
            .text(state.rawValue), .optional(reason?.rawValue), .time(dueAt), .time(leaseUntil), .int(attempts),
            .optional(providerMessageID), .time(askedAt), .int(retries), .optional(whatsAppMessageID),
            reachDay.map { .integer($0.number) } ?? .null, .time(slotAt),
        ]
    }

    /// What receipts and replies fill in.
    var milestoneValues: [SQLValue] {
        [
            .time(acceptedAt), .time(sentAt), .time(deliveredAt), .time(viewedAt), .time(failedAt), .int(replies),
            pricing.map { .json($0) } ?? .null,
        ]
    }
}
