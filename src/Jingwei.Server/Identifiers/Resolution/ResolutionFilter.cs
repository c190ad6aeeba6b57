using System.Globalization;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Resolution;

/// <summary>Which values are asked for: those of any of the types, or with any of the indexes; all where neither is named.</summary>
internal sealed record ResolutionFilter(byte[][] Types, int[] Indexes)
{
    /// <summary>Most types, and most indexes, that a request names; as many as an identifier has values.</summary>
    public const int Most = 255;

    public static ResolutionFilter All { get; } = new([], []);

    public bool Wants(in EncodedHandleValue value) => Wants(value.Index, value.Type);

    public bool Wants(int index, ReadOnlySpan<byte> type)
    {
        if (Types.Length == 0 && Indexes.Length == 0)
        {
            return true;
        }

        if (Indexes.Contains(index))
        {
            return true;
        }

        foreach (var asked in Types)
        {
            if (HandleTypes.Matches(asked, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a request of the Handle protocol asks for.</summary>
    public static ResolutionFilter Of(ResolutionRequest request) => new([.. request.Types.Select(System.Text.Encoding.UTF8.GetBytes)], [.. request.Indexes]);

    public bool Wants(HandleValue value) => Wants(value.Index, System.Text.Encoding.UTF8.GetBytes(value.Type));

    /// <summary>Reads `type` and `index` of a query; null where they cannot be understood.</summary>
    public static ResolutionFilter? Of(IQueryCollection query)
    {
        var types = query["type"].OfType<string>().ToArray();
        var indexes = query["index"].OfType<string>().ToArray();
        if (types.Length == 0 && indexes.Length == 0)
        {
            return All;
        }

        var numbers = new int[indexes.Length];
        for (var at = 0; at < indexes.Length; at++)
        {
            if (!int.TryParse(indexes[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at]))
            {
                return null;
            }
        }

        return types.Length > Most || numbers.Length > Most || types.Any(type => type.Length is 0 or > IdentifierLimits.TypeBytes)
            ? null
            : new([.. types.Select(System.Text.Encoding.UTF8.GetBytes)], numbers);
    }
}
