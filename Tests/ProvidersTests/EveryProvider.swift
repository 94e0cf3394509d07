/// Who is tested; a new provider adds its cases here.
let everyProvider: [ProviderCases] = [.vonage, .meta, .gupshup, .gupshupEnterprise, .generic]
