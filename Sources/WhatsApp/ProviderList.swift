/// The providers that this program speaks, by name.
package struct ProviderList: Sendable {
    private let providers: [String: any Provider]
    private let aliases: [String: String]

    /// - Parameters:
    ///   - providers: of two with the same name the later one stands.
    ///   - aliases: other names that people know a provider by, such as `nexmo` for `vonage`. A provider's own name
    ///     comes before an alias.
    package init(_ providers: [any Provider], aliases: [String: String] = [:]) {
        self.providers = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        self.aliases = aliases
    }

    /// The provider with this name or alias, in small letters; nil when there is none. Its `name` is the one to store.
    package subscript(name: String) -> (any Provider)? { providers[name] ?? aliases[name].flatMap { providers[$0] } }

    /// The names without the aliases, sorted.
    package var names: [String] { providers.keys.sorted() }
}
