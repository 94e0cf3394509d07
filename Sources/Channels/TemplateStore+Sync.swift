package import Core
import Storage
package import WhatsApp

/// What taking over a provider's list of templates changed.
package struct TemplateChanges: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        package let template: TemplateID
        package let name: TemplateName
        package let language: String
        /// What is different, in a person's words: `approval: pending → approved`.
        package let words: [String]
    }

    package var added: [Change] = []
    package var changed: [Change] = []
    /// Known here, but no longer in the provider's list.
    package var gone: [Change] = []
    /// In the provider's list, but of a kind that is not taken here, each with its reason.
    package var skipped: [String] = []
    package var unchanged = 0
}

extension TemplateStore {
    /// Takes over the whole list that a provider gave for a channel: new templates are made, known ones get their text,
    /// approval, pause and quality, and those that the list no longer has are marked as deleted if they came from it. A
    /// list that has not changed changes nothing.
    package func take(_ listed: [ListedTemplate], on channel: Channel, at now: Timestamp) async throws -> TemplateChanges {
        try await engine.write { session in
            let known = try session.rows(TemplateQueries.onChannel, [.id(channel.id)]).map(Template.init(row:))
            var (changes, seen) = (TemplateChanges(), Set<TemplateID>())
            for item in Self.deduplicated(listed) {
                seen.formUnion(known.filter { $0.is(item) }.map(\.id))
                guard let content = item.content else {
                    changes.skipped.append("\(item.name) (\(item.language)): \(item.reason ?? "cannot be read")")
                    continue
                }
                let matches = known.filter { $0.is(item) }
                if matches.isEmpty { try add(item, content, on: channel, at: now, &changes, session) }
                for match in matches { try update(match, by: item, content, at: now, &changes, session) }
            }
            for template in known where template.providerID != nil && !seen.contains(template.id) && template.pause != .deleted {
                var gone = template
                gone.stand(.deleted, reason: "No longer in the provider's list.")
                try save(gone, before: template, at: now, in: session)
                changes.gone.append(TemplateChanges.Change(gone, []))
            }
            return changes
        }
    }

    /// One of each name and language: a vendor may keep a rejected one beside the one that was made after it. The one that
    /// can be sent stands, else the first.
    private static func deduplicated(_ listed: [ListedTemplate]) -> [ListedTemplate] {
        var (kept, places) = ([ListedTemplate](), [String: Int]())
        for item in listed {
            let key = "\(item.name) \(item.language)"
            if let place = places[key] {
                if item.standing == .approved, kept[place].standing != .approved { kept[place] = item }
            } else {
                places[key] = kept.count
                kept.append(item)
            }
        }
        return kept
    }

    private func add(
        _ item: ListedTemplate, _ content: TemplateContent, on channel: Channel, at now: Timestamp, _ changes: inout TemplateChanges,
        _ session: some SQLSession
    ) throws {
        guard let name = try? TemplateName("\(item.namespace ?? channel.provider):\(item.name)") else {
            return changes.skipped.append("\(item.name) (\(item.language)): its name is none that WhatsApp gives.")
        }
        var template = Template(
            id: try Counter("template").next(in: session), accountID: channel.accountID, channelID: channel.id, name: name,
            hasNamespace: item.namespace != nil, language: item.language, content: content, approval: .pending, createdAt: now,
            updatedAt: now, providerID: item.providerID,
            quality: item.quality)
        template.stand(item.standing, reason: item.reason)
        guard try session.run(TemplateQueries.insert, template.values) == 1 else { return }
        changes.added.append(TemplateChanges.Change(template, ["\(template.standing)"]))
    }

    private func update(
        _ before: Template, by item: ListedTemplate, _ content: TemplateContent, at now: Timestamp, _ changes: inout TemplateChanges,
        _ session: some SQLSession
    ) throws {
        var template = before
        template.stand(item.standing, reason: item.reason)
        if before.pause == nil { template.hold = before.hold }  // the list says nothing new about why it is held
        (template.content, template.quality) = (content, item.quality)
        template.providerID = item.providerID ?? before.providerID
        guard template != before else { return changes.unchanged += 1 }
        try save(template, before: before, at: now, in: session)
        changes.changed.append(TemplateChanges.Change(template, template.differences(from: before)))
    }
}

extension TemplateChanges.Change {
    fileprivate init(_ template: Template, _ words: [String]) {
        self.init(template: template.id, name: template.name, language: template.language, words: words)
    }
}

extension Template {
    fileprivate func `is`(_ item: ListedTemplate) -> Bool {
        if let providerID, providerID == item.providerID { return true }
        return item.name == name.name && item.language == language  // unique in WhatsApp's account, whatever the namespace
    }

    fileprivate var standing: String { pause?.rawValue ?? approval.rawValue }

    fileprivate func differences(from before: Template) -> [String] {
        var words: [String] = []
        if standing != before.standing { words.append("standing: \(before.standing) → \(standing)") }
        if quality != before.quality { words.append("quality: \(before.quality) → \(quality)") }
        if content.category != before.content.category { words.append("category: \(before.content.category) → \(content.category)") }
        if content.json != before.content.json, content.category == before.content.category { words.append("text") }
        if providerID != before.providerID { words.append("provider id") }
        return words
    }
}
