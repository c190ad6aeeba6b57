using System.Collections.Immutable;
using Jingwei.Server.Directory;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Indicators;

/// <summary>What one thing put into an input.</summary>
/// <param name="Weight">What it weighs among the others; null where all weigh the same.</param>
public sealed record InputShare(string Thing, double Value, double? Weight = null);

/// <summary>An input's figure and who contributed.</summary>
/// <param name="Value">Null when nothing is known.</param>
public sealed record InputFigure(string Id, double? Value, ImmutableArray<InputShare> From)
{
    /// <summary>Contributors that are told one by one; what the others add is one share without a name.</summary>
    public const int MostShares = 1000;

    public bool Same(InputFigure other) => Id == other.Id && Value == other.Value && From.SequenceEqual(other.From);
}

/// <summary>What an indicator came to for a thing over a window.</summary>
/// <param name="Value">Null when it is not defined in this window.</param>
public sealed record Outcome(double? Value, Band? Band, ImmutableArray<InputFigure> Inputs)
{
    public bool Same(Outcome other) => Value == other.Value && Inputs.Length == other.Inputs.Length &&
        Inputs.Zip(other.Inputs).All(pair => pair.First.Same(pair.Second));
}

/// <summary>
/// Computes indicators over one window. Inputs from readings combine over the thing and everything below it that has the
/// property: durations, increases, sums and counts add up, means weigh every reading alike, the last is the latest of all.
/// Indicators of the same thing and of its direct children are taken over this same window.
/// </summary>
/// <param name="counted">What was counted of a thing in this window, up to now.</param>
public sealed class IndicatorEvaluation(IndicatorPlan plan, ThingTree tree, WindowSpan window, Func<Thing, TallyKind, Contribution> counted)
{
    private readonly Dictionary<(string Indicator, string Thing), Outcome?> outcomes = [];
    private readonly Dictionary<string, List<Thing>> subtrees = new(StringComparer.Ordinal);

    /// <summary>The indicator's outcome; null when the thing's type does not have it in windows of this kind.</summary>
    public Outcome? Of(string indicator, Thing thing)
    {
        if (outcomes.TryGetValue((indicator, thing.Id), out var known))
        {
            return known;
        }

        // An indicator that needs itself finds this and has no value.
        outcomes[(indicator, thing.Id)] = null;
        var planned = plan.For(thing.Type).FirstOrDefault(each => each.Indicator.Id == indicator && each.Indicator.Window == window.Kind);
        return outcomes[(indicator, thing.Id)] = planned is null ? null : Compute(planned, thing);
    }

    private Outcome Compute(PlannedIndicator planned, Thing thing)
    {
        var declared = planned.Indicator.Inputs;
        var inputs = ImmutableArray.CreateBuilder<InputFigure>(declared.Length);
        var figures = new double?[declared.Length];
        for (var i = 0; i < declared.Length; i++)
        {
            inputs.Add(declared[i].Kind switch
            {
                InputKind.Children => FromChildren(declared[i], thing),
                InputKind.Indicator => FromIndicator(declared[i], thing),
                _ => FromReadings(declared[i], planned.Tallies[i]!, thing),
            });
            figures[i] = inputs[i].Value;
        }

        var value = planned.Evaluate(figures);
        return new Outcome(value, planned.BandOf(value)?.Band, inputs.MoveToImmutable());
    }

    private InputFigure FromReadings(IndicatorInput input, TallyKind tally, Thing thing)
    {
        var (total, rest, others) = (default(Contribution), default(Contribution), 0);
        var shares = ImmutableArray.CreateBuilder<InputShare>();
        foreach (var each in SubtreeOf(thing))
        {
            var contribution = counted(each, tally);
            if (contribution.Count > 0)
            {
                total = total.Plus(contribution);
                if (shares.Count < InputFigure.MostShares)
                {
                    shares.Add(new InputShare(each.Id, contribution.Figure(input.Kind)!.Value));
                    continue;
                }

                (rest, others) = (rest.Plus(contribution), others + 1);
            }
        }

        if (others > 0)
        {
            shares.Add(new InputShare("", rest.Figure(input.Kind)!.Value));
        }

        return new InputFigure(input.Id, total.Figure(input.Kind), shares.ToImmutable());
    }

    private List<Thing> SubtreeOf(Thing thing) =>
        subtrees.TryGetValue(thing.Id, out var known) ? known : subtrees[thing.Id] = tree.Subtree(thing);

    private InputFigure FromIndicator(IndicatorInput input, Thing thing)
    {
        var value = Of(input.Source, thing)?.Value;
        return new InputFigure(input.Id, value, value is { } known ? [new InputShare(thing.Id, known)] : []);
    }

    private InputFigure FromChildren(IndicatorInput input, Thing thing)
    {
        var shares = tree.Children(thing.Id)
            .OrderBy(child => child.Id, StringComparer.Ordinal)
            .Select(child => (child.Id, Of(input.Source, child)?.Value, Weight: input.By is { } by ? Of(by, child)?.Value : null))
            .Where(child => child.Value is not null && (input.By is null || child.Weight is not null))
            .Select(child => new InputShare(child.Id, child.Value!.Value, child.Weight))
            .ToImmutableArray();
        return new InputFigure(input.Id, shares.IsEmpty ? null : Combined(input.Combine, shares), shares);
    }

    private static double? Combined(Combine how, ImmutableArray<InputShare> shares)
    {
        var values = shares.Select(share => share.Value);
        var weighted = ExactSum.OfTerms(shares.Select(share => share.Value * (share.Weight ?? 1))).Value;
        var value = how switch
        {
            Combine.Sum => weighted,
            Combine.Product => values.Aggregate(1.0, (product, each) => product * each),
            Combine.Mean => weighted / ExactSum.OfTerms(shares.Select(share => share.Weight ?? 1)).Value,
            Combine.Min => values.Min(),
            Combine.Max => values.Max(),
            _ => throw new InvalidOperationException($"Unknown combination {how}."),
        };
        return double.IsFinite(value) ? value : null;
    }
}
