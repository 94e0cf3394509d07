import Accounts
package import Audience
import Core
import HTTPTypes
package import Hummingbird
import NIOCore
import Profiles
package import WebSupport

/// `/api/v1/segments`: saved segments, custom lists, and who is in them.
package struct SegmentRoutes: Sendable {
    /// The largest file of a list, in bytes.
    package static let listLimit = 50_000_000

    let segments: SegmentStore
    let lists: CustomLists
    let finder: PeopleFinder
    /// What reads everybody, per account.
    private let searches: ConcurrencyLimit
    private let uploads: ConcurrencyLimit

    /// - Parameters:
    ///   - searches: how many estimates, explanations and downloads an account may have under way.
    ///   - uploads: the same for lists.
    package init(
        segments: SegmentStore, lists: CustomLists, finder: PeopleFinder, searches: ConcurrencyLimit = ConcurrencyLimit(3),
        uploads: ConcurrencyLimit = ConcurrencyLimit(2)
    ) {
        (self.segments, self.lists, self.finder) = (segments, lists, finder)
        (self.searches, self.uploads) = (searches, uploads)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        let group = group.group("segments")
        group.get(use: list).post(use: create)
            .get(":segment", use: show).post(":segment", use: change).delete(":segment", use: delete)
            .post(":segment/clone", use: clone).get(":segment/sizes", use: sizes)
        group.group().add(middleware: searches)
            .post("estimate", use: estimate).post("explain", use: explain).get(":segment/people", use: people)
        group.group().add(middleware: uploads)
            .post("lists", use: createList).put(":segment/list", use: replaceList)
    }

    /// `?search=&type=&sort=name|created|updated, with a minus for the other direction&after=CURSOR&limit=N`; those changed last come
    /// first, 50 unless told, 200 at the most. `next` is the cursor of the next page.
    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let (account, limit) = (context.account.id, try V1.number(request, "limit", in: 1...200, default: 50))
        let filter = try SegmentFilter(request)
        let page = try await segments.page(of: account, filter, upTo: limit)
        let answers = try await SegmentAnswers(page, segments, of: account)
        let next = page.count == limit ? page.last.map { SegmentPlace(of: $0, in: filter.order).cursor(in: filter.order) } : nil
        return .json(["segments": .array(page.map(answers.short)), "next": JSONValue(text: next)])
    }

    /// `{name, where}` or `{name, live}`.
    @Sendable private func create(_ request: Request, context: KeyContext) async throws -> Response {
        let draft = try SegmentDraft(json: try await request.json(upTo: V1.bodyLimit))
        return try await answer(try await segments.create(draft, for: context.account.id), status: .created)
    }

    @Sendable private func show(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(try await segment(context))
    }

    /// `{name?, where?, live?}`.
    @Sendable private func change(_ request: Request, context: KeyContext) async throws -> Response {
        let change = try SegmentChange(json: try await request.json(upTo: V1.bodyLimit))
        return try await answer(try await segments.change(id(context), of: context.account.id, by: change))
    }

    @Sendable private func delete(_ request: Request, context: KeyContext) async throws -> Response {
        try await segments.delete(id(context), of: context.account.id)
        return .json(["deleted": true])
    }

    @Sendable private func clone(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(try await segments.clone(id(context), of: context.account.id), status: .created)
    }

    /// One size a day, the oldest first.
    @Sendable private func sizes(_ request: Request, context: KeyContext) async throws -> Response {
        let sizes = try await segments.sizes(of: id(context), account: context.account.id)
        return .json(["sizes": .array(sizes.map(\.json))])
    }

    /// `{where}` or `{segment_id}`, answered with how many people fit now and how many of them can be written to.
    @Sendable private func estimate(_ request: Request, context: KeyContext) async throws -> Response {
        let input = try InputObject(try await request.json(upTo: V1.bodyLimit), code: Self.code, keys: ["where", "segment_id"])
        let (count, reachable) = try await finder.estimate(Self.rule(input), of: context.account.id)
        return .json(["count": .int(Int64(count)), "reachable": .int(Int64(reachable))])
    }

    /// `{where | segment_id, profile: {identity | objectId | email}}`, answered with every clause.
    @Sendable private func explain(_ request: Request, context: KeyContext) async throws -> Response {
        let keys = ["where", "segment_id", "profile"]
        let input = try InputObject(try await request.json(upTo: V1.bodyLimit), code: Self.code, keys: keys)
        let (rule, key) = (try Self.rule(input), try Self.key(input))
        let (profile, explanation) = try await finder.explain(rule, key, of: context.account.id)
        let names = try await segments.names(of: context.account.id)
        return .json([
            "profile": ["objectId": .string(profile.objectID), "identity": JSONValue(text: profile.identity)],
            "holds": .bool(explanation.holds), "clause": explanation.json(names: names),
        ])
    }

    /// `?name=`, with the file as the body.
    @Sendable private func createList(_ request: Request, context: KeyContext) async throws -> Response {
        guard let name = try request.queryValue("name") else {
            throw InputError(code: "invalid_segment", field: "name", "The list needs a name in the address: ?name=…")
        }
        let saved = try await lists.create(named: name, from: try Self.file(request), for: context.account.id)
        return try await answer(saved.segment, report: saved.report, status: .created)
    }

    @Sendable private func replaceList(_ request: Request, context: KeyContext) async throws -> Response {
        let saved = try await lists.replace(id(context), of: context.account.id, with: try Self.file(request))
        return try await answer(saved.segment, report: saved.report)
    }

    /// The body as it comes.
    private static func file(_ request: Request) throws -> AsyncMapSequence<RequestBody, ByteBufferView> {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > listLimit { throw Problem.tooLarge }
        return request.body.map(\.readableBytesView)
    }

    private static let code = "invalid_segment"

    private static func rule(_ input: InputObject) throws(InputError) -> AudienceRule {
        guard let value = input["segment_id"] else {
            guard let rule = input["where"] else { throw input.error("where", "Give where or segment_id; {} is everyone.") }
            return try AudienceRule(json: rule, path: "where")
        }
        guard input["where"] == nil else { throw input.error("segment_id", "Give where or segment_id, not both.") }
        guard let id = value.int, id > 0 else { throw input.error("segment_id", "segment_id is a whole number from 1.") }
        return .segment(SegmentID(rawValue: id))
    }

    private static func key(_ input: InputObject) throws(InputError) -> ProfileStore.Key {
        let profile = try input.object("profile", keys: ["identity", "objectId", "email"])
        guard profile.members.count == 1, let (name, value) = profile.members.first, let text = value.string else {
            throw input.error("profile", "Name one person by identity, objectId or email, as a text.")
        }
        switch name {
        case "identity": return .identity(text)
        case "objectId": return .objectID(text)
        default: return .email(text)
        }
    }
}

extension SegmentRoutes {
    func segment(_ context: KeyContext) async throws -> Segment {
        let id = try id(context)
        guard let segment = try await segments.segment(id, of: context.account.id) else { throw Self.unknown }
        return segment
    }

    private func id(_ context: KeyContext) throws -> SegmentID {
        guard let id = context.parameters.get("segment").flatMap({ SegmentID($0) }) else { throw Self.unknown }
        return id
    }

    private static let unknown = InputError(.notFound, code: "unknown_segment", "There is no such segment.")

    private func answer(
        _ segment: Segment, report: ListReport? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let answers = try await SegmentAnswers([segment], segments, of: segment.accountID)
        var members = answers.long(segment)
        members["report"] = report?.json
        return .json(.object(members), status: status)
    }
}
