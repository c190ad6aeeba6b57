using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Jingwei.Sdk;

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

    /// <summary>For MQTT: the decoder of the pack's plug-in that reads the messages; null: they are JSON.</summary>
    public string? Decoder { get; init; }

    /// <summary>For MQTT: the types whose things come by this channel, with those that extend them; empty: all of the pack that no other one names.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Properties by what another platform calls them; what is not here goes by its own name.</summary>
    public ImmutableDictionary<string, string> Names { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A board that the console draws.</summary>
/// <param name="Kind">overview, board, wall, or thing (the page of things of <paramref name="Type"/>).</param>
/// <param name="Widgets">As declared; the console knows the widgets.</param>
public sealed record View(string Id, string Pack, string Kind, string? Type, JsonArray Widgets, Label Name);

/// <summary>An item of the maturity card.</summary>
/// <param name="Status">done, todo or exempt.</param>
/// <param name="Checked">Whether a machine can check it; otherwise it is as its author says.</param>
/// <param name="Lacks">What its check misses; empty when it holds, and where there is none.</param>
public sealed record MaturityItem(string Item, string Status, string? Reason, bool Checked, ImmutableArray<string> Lacks)
{
    /// <summary>Of its line in the card's file.</summary>
    [JsonIgnore]
    public int Line { get; init; }

    /// <summary>The card's path below the folder that was loaded.</summary>
    [JsonIgnore]
    public string File { get; init; } = "";

    /// <summary>True when it says done and its check does not hold.</summary>
    [JsonIgnore]
    public bool IsWrong => Status == "done" && !Lacks.IsEmpty;

    /// <summary>True when it says that it is to be done, and its check holds already.</summary>
    [JsonIgnore]
    public bool IsDoneAlready => Status == "todo" && Checked && Lacks.IsEmpty;
}

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

    /// <summary>How reports become incidents.</summary>
    public ImmutableArray<IncidentType> Incidents { get; init; } = [];

    /// <summary>When people work, for whatever counts working time.</summary>
    public ImmutableArray<WorkCalendar> Calendars { get; init; } = [];

    /// <summary>What its versions call otherwise than those before them.</summary>
    public ImmutableArray<PackMigration> Migrations { get; init; } = [];

    /// <summary>What it brings along in code; null for nothing.</summary>
    public PackPlugin? Plugin { get; init; }

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

    // One that names the type before one for all; of several the first.
    private readonly FrozenDictionary<(string Protocol, string Type), ChannelMapping> channels = packs
        .SelectMany(pack => pack.Types.SelectMany(type => pack.Channels
            .Where(channel => channel.Types.IsEmpty || channel.Types.Any(type.Is))
            .OrderBy(channel => channel.Types.IsEmpty)
            .DistinctBy(channel => channel.Protocol)
            .Select(channel => (Key: (channel.Protocol, type.Id), Channel: channel))))
        .ToFrozenDictionary(each => each.Key, each => each.Channel);

    private readonly FrozenDictionary<string, PayloadDecoder> decoders = packs
        .SelectMany(pack => pack.Channels.Select(channel => (channel.Id, Decoder: channel.Decoder is { } name ? pack.Plugin?.Decoders.GetValueOrDefault(name) : null)))
        .Where(each => each.Decoder is not null)
        .ToFrozenDictionary(each => each.Id, each => each.Decoder!.Body);

    public ImmutableArray<Pack> Packs => packs;

    public IEnumerable<ThingType> Types => packs.SelectMany(pack => pack.Types);

    public IEnumerable<Rule> Rules => packs.SelectMany(pack => pack.Rules);

    public IEnumerable<Indicator> Indicators => packs.SelectMany(pack => pack.Indicators);

    public IEnumerable<NotificationText> Notifications => packs.SelectMany(pack => pack.Notifications);

    public IEnumerable<IncidentType> Incidents => packs.SelectMany(pack => pack.Incidents);

    public IEnumerable<ChannelMapping> Channels => packs.SelectMany(pack => pack.Channels);

    /// <summary>
    /// Stands for this set where something is remembered by it: what is remembered keeps the set, and the plug-ins in it, in memory no longer than they are in force.
    /// </summary>
    public object Edition { get; } = new();

    /// <summary>The channel of a protocol that things of a type come by, or null.</summary>
    public ChannelMapping? Channel(string protocol, string type) => channels.GetValueOrDefault((protocol, type));

    /// <summary>True when any channel has a decoder.</summary>
    public bool HasDecoders => decoders.Count > 0;

    /// <summary>The decoder of a channel; null for one without.</summary>
    public PayloadDecoder? Decoder(ChannelMapping channel) => decoders.GetValueOrDefault(channel.Id);

    /// <summary>The plug-in of a pack; null for one without.</summary>
    public PackPlugin? Plugin(string pack) => packs.FirstOrDefault(each => each.Id == pack)?.Plugin;

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
