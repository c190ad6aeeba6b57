using Jingwei.Cel.Library;
using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Planning;

/// <summary>Runs comprehensions: each round counts its steps, so that no loop outlives the limit.</summary>
internal static class Loops
{
    public static Evaluator Plan(Loop loop) => loop.Kind switch
    {
        ComprehensionKind.All => (ref Frame frame) => Decide(loop, ref frame, decisive: false),
        ComprehensionKind.Exists => (ref Frame frame) => Decide(loop, ref frame, decisive: true),
        ComprehensionKind.ExistsOne => (ref Frame frame) => ExistsOne(loop, ref frame),
        ComprehensionKind.Map or ComprehensionKind.Filter => (ref Frame frame) => ToList(loop, ref frame),
        _ => (ref Frame frame) => ToMap(loop, ref frame),
    };

    private static CelValue Decide(Loop loop, ref Frame frame, bool decisive)
    {
        if (!TryRange(loop, ref frame, out var items, out var map, out var error))
        {
            return error;
        }

        var undecided = CelValue.Of(!decisive);
        for (var i = 0; i < items.Length; i++)
        {
            if (!Enter(loop, ref frame, items, map, i))
            {
                return Meter.Exceeded;
            }

            var value = loop.Predicate!(ref frame);
            if (value.Kind != CelKind.Bool)
            {
                undecided = undecided.IsError ? undecided : Logical.NotBool("condition", value, loop.Place);
            }
            else if (value.IsTrue == decisive)
            {
                return value;
            }
        }

        return undecided;
    }

    private static CelValue ExistsOne(Loop loop, ref Frame frame)
    {
        if (!TryRange(loop, ref frame, out var items, out var map, out var error))
        {
            return error;
        }

        var count = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (!Enter(loop, ref frame, items, map, i))
            {
                return Meter.Exceeded;
            }

            var value = loop.Predicate!(ref frame);
            if (value.Kind != CelKind.Bool)
            {
                return Logical.NotBool("condition", value, loop.Place);
            }

            count += value.IsTrue ? 1 : 0;
        }

        return CelValue.Of(count == 1);
    }

    private static CelValue ToList(Loop loop, ref Frame frame)
    {
        if (!TryRange(loop, ref frame, out var items, out var map, out var error))
        {
            return error;
        }

        var results = new List<CelValue>();
        for (var i = 0; i < items.Length; i++)
        {
            if (!Enter(loop, ref frame, items, map, i))
            {
                return Meter.Exceeded;
            }

            var passes = Passes(loop, ref frame);
            var value = !passes.IsTrue ? passes : loop.Body is null ? items[i] : loop.Body(ref frame);
            if (value.IsError)
            {
                return value;
            }

            if (passes.IsTrue)
            {
                results.Add(value);
            }
        }

        return CelValue.Of(new CelList([.. results]));
    }

    private static CelValue ToMap(Loop loop, ref Frame frame)
    {
        if (!TryRange(loop, ref frame, out var items, out var map, out var error))
        {
            return error;
        }

        var entries = new List<KeyValuePair<CelValue, CelValue>>();
        for (var i = 0; i < items.Length; i++)
        {
            if (!Enter(loop, ref frame, items, map, i))
            {
                return Meter.Exceeded;
            }

            var passes = Passes(loop, ref frame);
            var value = passes.IsTrue ? loop.Body!(ref frame) : passes;
            if (value.IsError)
            {
                return value;
            }

            if (passes.IsTrue && !AddEntries(loop, entries, frame.Locals[loop.First], value, ref frame.Meter))
            {
                return loop.Place.Mark(Overload.None("transformMapEntry", value));
            }
        }

        return loop.Place.Mark(CelMap.Create([.. entries]));
    }

    private static bool AddEntries(
        Loop loop, List<KeyValuePair<CelValue, CelValue>> entries, CelValue key, CelValue value, ref Meter meter)
    {
        if (loop.Kind == ComprehensionKind.TransformMap)
        {
            entries.Add(new(key, value));
            return true;
        }

        if (value.Kind != CelKind.Map)
        {
            return false;
        }

        foreach (ref readonly var made in value.AsMap().KeySpan)
        {
            value.AsMap().TryGet(made, out var item);
            entries.Add(new(made, item));
        }

        // An overrun is seen when the next round begins, or at the end of the evaluation.
        meter.Spend(value.AsMap().Count);
        return true;
    }

    /// <summary>True where there is no predicate; an error where it gives no boolean.</summary>
    private static CelValue Passes(Loop loop, ref Frame frame)
    {
        var value = loop.Predicate is null ? CelValue.True : loop.Predicate(ref frame);
        return value.Kind == CelKind.Bool ? value : Logical.NotBool("condition", value, loop.Place);
    }

    private static bool TryRange(Loop loop, ref Frame frame, out ReadOnlySpan<CelValue> items, out CelMap? map, out CelValue error)
    {
        var range = loop.Range(ref frame);
        items = default;
        (map, error) = (null, default);
        switch (range.Kind)
        {
            case CelKind.List:
                items = range.AsList().Span;
                return true;
            case CelKind.Map:
                map = range.AsMap();
                items = map.KeySpan;
                return true;
            case CelKind.Error:
                error = range;
                return false;
            default:
                error = loop.Place.Mark(Overload.None("comprehension", range));
                return false;
        }
    }

    private static bool Enter(Loop loop, ref Frame frame, scoped ReadOnlySpan<CelValue> items, CelMap? map, int index)
    {
        if (!loop.Two)
        {
            frame.Locals[loop.First] = items[index];
        }
        else if (map is null)
        {
            frame.Locals[loop.First] = (long)index;
            frame.Locals[loop.First + 1] = items[index];
        }
        else
        {
            frame.Locals[loop.First] = items[index];
            map.TryGet(items[index], out frame.Locals[loop.First + 1]);
        }

        return frame.Meter.Spend(loop.Cost);
    }
}
