using Jingwei.Server.Directory;

namespace Jingwei.Server.Indicators;

/// <summary>By what figures are computed where shifts are a place's own.</summary>
internal sealed class OwnDefinitions(WindowCutter cutter)
{
    private readonly Dictionary<string, IndicatorDefinition> known = new(StringComparer.Ordinal);
    private readonly List<IndicatorDefinition> added = [];

    /// <summary>What the figure of a thing over a window follows from.</summary>
    public IndicatorDefinition Of(PlannedIndicator planned, Thing thing, WindowSpan window)
    {
        if (cutter.OwnShiftsOf(planned, thing, window) is not { } shifts)
        {
            return planned.Definition;
        }

        var key = $"{planned.Definition.Digest} {string.Join(' ', shifts)}";
        if (!known.TryGetValue(key, out var definition))
        {
            known[key] = definition = planned.Definition.Over(shifts);
            added.Add(definition);
        }

        return definition;
    }

    /// <summary>Those that are new since this was last asked.</summary>
    public IReadOnlyList<IndicatorDefinition> TakeAdded()
    {
        IReadOnlyList<IndicatorDefinition> taken = [.. added];
        added.Clear();
        return taken;
    }
}
