using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Jingwei.Server.Packs.Model;

/// <summary>How readings of a protocol find their thing and property.</summary>
/// <param name="Database">For line protocol: the `db` or `bucket` that names this channel.</param>
/// <param name="ThingTag">For line protocol: the tag that holds the thing's id; null: the measurement is the thing.</param>
/// <param name="CreateType">Type of things made for ids that do not exist yet; null: their readings are rejected.</param>
public sealed record ChannelMapping(
    string Id, string Pack, string Protocol, string? Database, string? ThingTag, string? CreateType, Label Name)
{
    /// <summary>For Sparkplug: the group whose edge nodes come by this channel; null: every group that no other channel names.</summary>
    public string? Group { get; init; }

    /// <summary>Type of the gateways whose devices are made when they first name them; null: no gateway makes things.</summary>
    public string? CreateBy { get; init; }

    /// <summary>Properties by what another platform calls them; what is not here goes by its own name.</summary>
    public ImmutableDictionary<string, string> Names { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A board that the console draws.</summary>
/// <param name="Kind">overview, board, wall, or thing (the page of things of <paramref name="Type"/>).</param>
/// <param name="Widgets">As declared; the console knows the widgets.</param>
public sealed record View(string Id, string Pack, string Kind, string? Type, JsonArray Widgets, Label Name);

/// <summary>A line of the maturity card.</summary>
public sealed record MaturityItem(string Item, string Status, string? Reason);

/// <summary>One industry: everything that its folder declares, checked.</summary>
public sealed record Pack(
    string Id, string Version, Label Name, Label Description, ImmutableArray<string> Standards,
    ImmutableArray<Shift> Shifts, ImmutableArray<ThingType> Types, ImmutableArray<ChannelMapping> Channels,
    ImmutableArray<Rule> Rules, ImmutableArray<Indicator> Indicators, ImmutableArray<CaseType> Cases,
    ImmutableArray<View> Views, ImmutableArray<MaturityItem> Maturity)
{
    /// <summary>Of all its files: two packs with the same one are the same. Empty for a pack that was made in memory.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Words of notifications instead of the platform's.</summary>
    public ImmutableArray<NotificationText> Notifications { get; init; } = [];

    /// <summary>When people work, for whatever counts working time.</summary>
    public ImmutableArray<WorkCalendar> Calendars { get; init; } = [];

    /// <summary>What its versions call otherwise than those before them.</summary>
    public ImmutableArray<PackMigration> Migrations { get; init; } = [];

    /// <summary>What `pack check` runs against the pack.</summary>
    public ImmutableArray<PackTest> Tests { get; init; } = [];
}

/// <summary>All installed packs as one immutable snapshot; a change makes a new one.</summary>
public sealed class PackSet(ImmutableArray<Pack> packs)
{
    public static PackSet Empty { get; } = new([]);

    private readonly FrozenDictionary<string, ThingType> types =
        packs.SelectMany(pack => pack.Types).ToFrozenDictionary(type => type.Id);

    private readonly FrozenDictionary<string, CaseType> cases =
        packs.SelectMany(pack => pack.Cases).ToFrozenDictionary(type => type.Id);

    private readonly FrozenDictionary<string, Indicator> indicators =
        packs.SelectMany(pack => pack.Indicators).ToFrozenDictionary(indicator => indicator.Id);

    // Of several of one protocol and pack the first.
    private readonly FrozenDictionary<(string Protocol, string Pack), ChannelMapping> channels =
        packs.SelectMany(pack => pack.Channels).DistinctBy(channel => (channel.Protocol, channel.Pack)).ToFrozenDictionary(channel => (channel.Protocol, channel.Pack));

    public ImmutableArray<Pack> Packs => packs;

    public IEnumerable<ThingType> Types => packs.SelectMany(pack => pack.Types);

    public IEnumerable<Rule> Rules => packs.SelectMany(pack => pack.Rules);

    public IEnumerable<Indicator> Indicators => packs.SelectMany(pack => pack.Indicators);

    public IEnumerable<NotificationText> Notifications => packs.SelectMany(pack => pack.Notifications);

    public IEnumerable<ChannelMapping> Channels => packs.SelectMany(pack => pack.Channels);

    /// <summary>The first channel of a protocol that a pack declares, or null.</summary>
    public ChannelMapping? Channel(string protocol, string? pack) => pack is null ? null : channels.GetValueOrDefault((protocol, pack));

    public ThingType? Type(string id) => types.GetValueOrDefault(id);

    /// <summary>What packs that are gone declared; set before the set is in force.</summary>
    public RetiredPacks Retired { get; internal set; } = RetiredPacks.None;

    /// <summary>The type, also of a pack that is gone: for showing what is there.</summary>
    public ThingType? KnownType(string id) => Type(id) ?? Retired.Types.GetValueOrDefault(id);

    /// <summary>How a type of cases is called, or was.</summary>
    public Label CaseName(string type) => CaseType(type)?.Name ?? Retired.Cases.GetValueOrDefault(type)?.Name ?? Label.Of(type);

    /// <summary>How a state of cases is called, or was.</summary>
    public Label StateName(string type, string state) =>
        CaseType(type)?.States.FirstOrDefault(each => each.Id == state)?.Name
        ?? Retired.Cases.GetValueOrDefault(type)?.States.GetValueOrDefault(state)
        ?? Label.Of(state);

    public CaseType? CaseType(string id) => cases.GetValueOrDefault(id);

    public Indicator? Indicator(string id) => indicators.GetValueOrDefault(id);
}
