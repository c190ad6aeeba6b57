using System.Globalization;
using System.Text;

namespace Jingwei.Server;

/// <summary>A part of a list; <see cref="Next"/> asks for the part after it, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How lists that are held in memory are cut into pages.</summary>
public static class Page
{
    /// <summary>Cuts one page out of items that are sorted by <paramref name="key"/>, in ordinal order.</summary>
    public static Page<T> Cut<T>(IEnumerable<T> sorted, Func<T, string> key, PageRequest page)
    {
        var items = sorted
            .SkipWhile(item => page.After is not null && string.CompareOrdinal(key(item), page.After) <= 0)
            .Take(page.Limit + 1)
            .ToList();
        if (items.Count <= page.Limit)
        {
            return new(items, null);
        }

        items.RemoveAt(page.Limit);
        return new(items, PageRequest.Encode(key(items[^1])));
    }
}

/// <summary>Which part of a list is asked for: `cursor` and `limit`, or all of it with `format=csv`.</summary>
/// <param name="After">The key of the last item already seen; null at the front.</param>
/// <param name="Limit">Most items wanted.</param>
public sealed record PageRequest(string? After, int Limit)
{
    public const int DefaultLimit = 100;

    // Enough for a screen of any size; larger reads are exports.
    public const int MaximumLimit = 1000;

    // What a spreadsheet opens without complaint; Excel itself ends at 1,048,576 rows.
    public const int ExportLimit = 100_000;

    public static ValueTask<PageRequest> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context, MaximumLimit));

    /// <summary>Reads `cursor` and `limit` of a request for a list whose pages may be larger than most.</summary>
    /// <param name="most">The largest page that the list gives.</param>
    public static PageRequest Of(HttpContext context, int most)
    {
        var query = context.Request.Query;
        if (CsvExport.IsWanted(context))
        {
            return new PageRequest(null, ExportLimit);
        }

        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? asked : DefaultLimit;
        var after = query.TryGetValue("cursor", out var cursor) ? Decode(cursor.ToString()) : null;
        return new PageRequest(after, Math.Clamp(limit, 1, most));
    }

    /// <summary>Makes an opaque cursor out of the key of the last item of a page.</summary>
    public static string Encode(string key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    // An unreadable cursor is the empty key, which starts at the front.
    private static string Decode(string cursor)
    {
        var text = cursor.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : "";
    }
}
