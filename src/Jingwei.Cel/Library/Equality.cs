using System.Runtime.CompilerServices;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>Heterogeneous equality (language definition, "Equality") and the hash that goes with it.</summary>
internal static class Equality
{
    public static bool AreEqual(in CelValue left, in CelValue right, ref Meter meter)
    {
        if (left.Kind != right.Kind)
        {
            return Ordering.IsNumber(left.Kind) && Ordering.IsNumber(right.Kind)
                && Ordering.CompareNumbers(left, right) == 0;
        }

        switch (left.Kind)
        {
            case CelKind.Double:
                return left.RawDouble == right.RawDouble;
            case CelKind.String:
                return left.Text == right.Text;
            case CelKind.Bytes:
                return left.AsBytes().Span.SequenceEqual(right.AsBytes().Span);
            case CelKind.List:
                return ListsEqual(left.AsList(), right.AsList(), ref meter);
            case CelKind.Map:
                return MapsEqual(left.AsMap(), right.AsMap(), ref meter);
            case CelKind.Object:
                return ObjectsEqual(left.AsObject(), right.AsObject(), ref meter);
            case CelKind.Optional:
                return OptionalsEqual(left.AsOptional(), right.AsOptional(), ref meter);
            case CelKind.Type:
                return left.AsType().Name == right.AsType().Name;
            case CelKind.Error or CelKind.Address or CelKind.Network:
                return Equals(left.Reference, right.Reference);
            default:
                return left.Bits == right.Bits && left.Nanos == right.Nanos;
        }
    }

    public static CelValue Equal(in CelValue left, in CelValue right, ref Meter meter) =>
        CelValue.Of(AreEqual(left, right, ref meter));

    public static CelValue NotEqual(in CelValue left, in CelValue right, ref Meter meter) =>
        CelValue.Of(!AreEqual(left, right, ref meter));

    /// <summary>element in list; key in map.</summary>
    public static CelValue In(in CelValue item, in CelValue container, ref Meter meter)
    {
        if (container.Kind == CelKind.Map)
        {
            return CelValue.Of(container.AsMap().TryGet(item, out _));
        }

        if (container.Kind != CelKind.List)
        {
            return Overload.None("in", item, container);
        }

        foreach (ref readonly var element in container.AsList().Span)
        {
            if (!meter.Spend(1))
            {
                return Meter.Exceeded;
            }

            if (AreEqual(item, element, ref meter))
            {
                return CelValue.True;
            }
        }

        return CelValue.False;
    }

    public static int Hash(in CelValue value) => value.Kind switch
    {
        CelKind.Int => ((double)value.Bits).GetHashCode(),
        CelKind.Uint => ((double)unchecked((ulong)value.Bits)).GetHashCode(),
        CelKind.Double => (value.RawDouble == 0 ? 0d : value.RawDouble).GetHashCode(),
        CelKind.String => string.GetHashCode(value.Text),
        CelKind.Bytes => value.AsBytes().Length,
        CelKind.List => value.AsList().Count,
        CelKind.Map => value.AsMap().Count,
        CelKind.Type => value.AsType().Name.GetHashCode(StringComparison.Ordinal),
        CelKind.Optional => value.AsOptional().HasValue ? 1 : 0,
        CelKind.Address or CelKind.Network => value.Reference!.GetHashCode(),
        CelKind.Object or CelKind.Error => value.Reference is CelObject o ? RuntimeHelpers.GetHashCode(o.Type) : value.Reference!.GetHashCode(),
        _ => HashCode.Combine(value.Kind, value.Bits, value.Nanos),
    };

    private static bool ListsEqual(CelList left, CelList right, ref Meter meter)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            // A stopped meter ends the walk; the evaluation then ends with its error whatever this says.
            if (!meter.Spend(1) || !AreEqual(left[i], right[i], ref meter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsEqual(CelMap left, CelMap right, ref Meter meter)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (ref readonly var key in left.KeySpan)
        {
            left.TryGet(key, out var expected);
            if (!meter.Spend(1) || !right.TryGet(key, out var actual) || !AreEqual(expected, actual, ref meter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OptionalsEqual(CelOptional left, CelOptional right, ref Meter meter) =>
        left.HasValue == right.HasValue && (!left.HasValue || (meter.Spend(1) && AreEqual(left.Value, right.Value, ref meter)));

    private static bool ObjectsEqual(CelObject left, CelObject right, ref Meter meter)
    {
        if (left.Type.Name != right.Type.Name || left.Type.Fields.Count != right.Type.Fields.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Type.Fields.Count; i++)
        {
            if (!meter.Spend(1) || !AreEqual(left[i], right[i], ref meter))
            {
                return false;
            }
        }

        return true;
    }
}
