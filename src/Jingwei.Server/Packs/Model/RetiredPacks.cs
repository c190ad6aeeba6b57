using System.Collections.Frozen;

namespace Jingwei.Server.Packs.Model;

/// <summary>How a case type and its states are called.</summary>
public sealed record CaseTypeNames(Label Name, IReadOnlyDictionary<string, Label> States);

/// <summary>What packs that are gone declared: nothing is made or judged by it any more, what is there is shown by it.</summary>
public sealed record RetiredPacks(FrozenDictionary<string, ThingType> Types, FrozenDictionary<string, CaseTypeNames> Cases)
{
    public static RetiredPacks None { get; } = Of([], []);

    public static RetiredPacks Of(IEnumerable<ThingType> types, IEnumerable<KeyValuePair<string, CaseTypeNames>> cases) =>
        new(types.ToFrozenDictionary(type => type.Id), cases.ToFrozenDictionary());
}
