using System.Collections.Frozen;
using System.Collections.Immutable;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>Rules of one type that are judged at the same time: those that wait equally long for late readings. Immutable.</summary>
public sealed class RuleLane
{
    // Bit i of word i / 64: rule i.
    private readonly ulong[][] rulesBySlot;
    private readonly ulong[][] rulesByWindow;
    private readonly int[][] windowsBySlot;
    private readonly int[] owners;
    private readonly FrozenDictionary<string, int> slots;

    public RuleLane(ThingType type, TimeSpan lateness, ImmutableArray<PlannedRule> rules, ImmutableArray<CelAggregateUse> windows)
    {
        (Type, Lateness, Rules, Windows) = (type, Instant.Of(lateness), rules, windows);
        slots = type.Properties.Select((property, slot) => (property.Id, slot)).ToFrozenDictionary(each => each.Id, each => each.slot, StringComparer.Ordinal);
        var properties = type.Properties.Length;
        FirstParameter = properties;
        Slots = Math.Max(properties + rules.Select(rule => rule.Rule.Parameters.Length).DefaultIfEmpty().Max(), windows.Select(use => use.Slot + 1).DefaultIfEmpty().Max());
        rulesBySlot = [.. Enumerable.Range(0, properties).Select(slot => Mask(rule => rule.When is not null && rule.Inputs.Contains(slot)))];
        rulesByWindow = [.. windows.Select(use => Mask(rule => rule.AllWindows.Contains(use)))];
        windowsBySlot = [.. Enumerable.Range(0, properties).Select(slot => WindowsOf(slot, properties))];
        owners = [.. windows.Select(use => rules.ToList().FindIndex(rule => rule.AllWindows.Contains(use) && !rule.Rule.Parameters.IsEmpty))];
        ByParent = rules.SelectMany(rule => rule.OfParent).Distinct().ToFrozenDictionary(
            property => property, property => Mask(rule => rule.OfParent.Contains(property)), StringComparer.Ordinal);
        Absences = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].Absent >= 0)];
    }

    public ThingType Type { get; }

    /// <summary>Microseconds that it waits for late readings.</summary>
    public long Lateness { get; }

    public ImmutableArray<PlannedRule> Rules { get; }

    public ImmutableArray<CelAggregateUse> Windows { get; }

    /// <summary>Places of the properties that any of it looks at, ascending.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, Type.Properties.Length).Where(slot =>
        windowsBySlot[slot].Length > 0 || Rules.Any(rule => rule.Inputs.Contains(slot)));

    /// <summary>
    /// Whether <see cref="ThingRules.TryPass"/> may decide: one rule, that nothing but the newest values of properties decides, and ranges of them at times.
    /// </summary>
    internal bool IsPassable => Lateness == 0 && Rules is [{ When.TruthOver: not null, During: null, Absent: < 0, AllWindows.IsEmpty: true } rule]
        && (rule.Clear is null || rule.Clear.TruthOver is not null);

    /// <summary>Values that the expressions read: properties, then parameters of the rule at hand, then windows.</summary>
    public int Slots { get; }

    public int FirstParameter { get; }

    /// <summary>Words of a set of rules.</summary>
    public int Words => (Rules.Length + 63) / 64;

    /// <summary>Rules by the property of the thing above that they read.</summary>
    internal FrozenDictionary<string, ulong[]> ByParent { get; }

    /// <summary>Places of the rules that are about silence.</summary>
    internal ImmutableArray<int> Absences { get; }

    /// <summary>The place of a property among the values; -1 when the type has none of that name.</summary>
    public int SlotOf(string property) => slots.GetValueOrDefault(property, -1);

    internal ulong[] RulesOfSlot(int slot) => rulesBySlot[slot];

    internal ulong[] RulesOfWindow(int window) => rulesByWindow[window];

    /// <summary>The rule whose parameters a window reads; -1 when it is shared by rules without.</summary>
    internal int OwnerOfWindow(int window) => owners[window];

    internal int[] WindowsOfSlot(int slot) => windowsBySlot[slot];

    // One over a constant, as count(true, '1m'), follows every reading.
    private int[] WindowsOf(int slot, int properties) =>
        [.. Enumerable.Range(0, Windows.Length).Where(window =>
            Windows[window].Of.Variables.Where(variable => variable.Slot < properties).ToList() is var read && (read.Count == 0 || read.Any(variable => variable.Slot == slot)))];

    private ulong[] Mask(Func<PlannedRule, bool> isIn)
    {
        var mask = new ulong[Words];
        for (var rule = 0; rule < Rules.Length; rule++)
        {
            mask[rule / 64] |= isIn(Rules[rule]) ? 1ul << (rule % 64) : 0;
        }

        return mask;
    }
}
