using System.Text.Json.Nodes;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;

namespace Jingwei.Server.Packs;

/// <summary>How many of each a pack declares.</summary>
public sealed record PackCounts(int Types, int Rules, int Indicators, int Cases, int Views, int Channels);

/// <summary>A pack in a list.</summary>
/// <param name="EnabledParties">Tenants that use it; the root party stands for all.</param>
public sealed record PackItem(
    string Id, string Version, Label Name, Label Description, IReadOnlyList<string> Standards, PackCounts Counts,
    IReadOnlyList<MaturityItem> Maturity, IReadOnlyList<string> EnabledParties)
{
    public static PackItem Of(Pack pack, IReadOnlyList<string> enabled) => new(
        pack.Id,
        pack.Version,
        pack.Name,
        pack.Description,
        pack.Standards,
        new PackCounts(
            pack.Types.Length, pack.Rules.Length, pack.Indicators.Length, pack.Cases.Length, pack.Views.Length, pack.Channels.Length),
        pack.Maturity,
        enabled);
}

/// <summary>A property as the API shows it.</summary>
/// <param name="Type">number, boolean, enumeration, text or position.</param>
/// <param name="Range">Lowest and highest value; null where there is none.</param>
public sealed record PropertyInfo(
    string Id, Label Name, PropertyKind Type, string? Unit, IReadOnlyList<double>? Range, IReadOnlyList<EnumerationValue> Values,
    bool Counter, int? MaxLength)
{
    public static PropertyInfo Of(Property property) => new(
        property.Id,
        property.Name,
        property.Kind,
        property.Unit,
        property is { Min: { } least, Max: { } most } ? [least, most] : null,
        property.Values,
        property.Counter,
        property.Kind == PropertyKind.Text ? property.MaxLength : null);
}

/// <summary>A command as the API shows it.</summary>
/// <param name="Within">Seconds that each attempt waits for an answer; null: as the platform has it.</param>
public sealed record CommandInfo(
    string Id, Label Name, IReadOnlyList<PropertyInfo> Parameters, Confirmation Confirm, Access.Right Right, double? Within, int Retries);

/// <summary>A thing type as the API shows it, with what it inherits.</summary>
/// <param name="Lineage">Its own id and those it extends, nearest first.</param>
public sealed record TypeInfo(
    string Id, string Pack, Label Name, bool Abstract, string? Extends, string? Icon, IReadOnlyList<string> Lineage,
    IReadOnlyList<PropertyInfo> Properties, IReadOnlyList<CommandInfo> Commands)
{
    /// <summary>True for a type of a pack that is gone: it is abstract then.</summary>
    public bool Retired { get; init; }

    public static TypeInfo Of(ThingType type) => new(
        type.Id,
        type.Pack,
        type.Name,
        type.Abstract,
        type.Extends,
        type.Icon,
        type.Lineage,
        [.. type.Properties.Select(PropertyInfo.Of)],
        [.. type.Commands.Select(command => new CommandInfo(
            command.Id, command.Name, [.. command.Parameters.Select(PropertyInfo.Of)], command.Confirm, command.Right, command.Within?.TotalSeconds, command.Retries))]);
}

/// <summary>A view as the API shows it.</summary>
public sealed record ViewItem(string Id, string Pack, string Kind, Label Name, string? Type, JsonArray Widgets)
{
    public static ViewItem Of(View view) => new(view.Id, view.Pack, view.Kind, view.Name, view.Type, view.Widgets);
}

/// <summary>Everything that a pack declares.</summary>
public sealed record PackDetail(
    PackItem Pack, IReadOnlyList<Shift> Shifts, IReadOnlyList<TypeInfo> Types, IReadOnlyList<ChannelMapping> Channels,
    IReadOnlyList<Rule> Rules, IReadOnlyList<Indicator> Indicators, IReadOnlyList<CaseType> Cases, IReadOnlyList<ViewItem> Views,
    IReadOnlyList<WorkCalendar> Calendars, PluginInfo? Plugin)
{
    public static PackDetail Of(Pack pack, IReadOnlyList<string> enabled) => new(
        PackItem.Of(pack, enabled),
        pack.Shifts,
        [.. pack.Types.Select(TypeInfo.Of)],
        pack.Channels,
        pack.Rules,
        pack.Indicators,
        pack.Cases,
        [.. pack.Views.Select(ViewItem.Of)],
        pack.Calendars,
        pack.Plugin is { } plugin ? PluginInfo.Of(plugin) : null);
}
