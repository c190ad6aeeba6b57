using System.Globalization;
using System.Net;
using System.Text;

namespace Jingwei.Server.Cases.Review;

/// <summary>A page in one language that needs nothing else: no scripts, no requests, for the screen and for A4 paper. All that is put in is escaped.</summary>
/// <param name="zone">Whose clock times are shown by.</param>
internal sealed class ReviewHtml(bool isChinese, TimeZoneInfo zone)
{
    private const string Style =
        """
        @page{size:A4;margin:18mm 16mm}
        body{font:14px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#1a1a1a;max-width:178mm;margin:0 auto;padding:16px}
        h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:22px 0 6px;border-bottom:1px solid #999;break-after:avoid}
        table{border-collapse:collapse;width:100%;font-size:12.5px}th,td{border:1px solid #bbb;padding:3px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{background:#f2f2f2}tr{break-inside:avoid}thead{display:table-header-group}.bad{color:#a8071a;font-weight:600}code{font-size:11px;word-break:break-all}
        @media print{body{max-width:none;padding:0}}
        """;

    private readonly StringBuilder body = new();

    public string Say(string zh, string en) => isChinese ? zh : en;

    public string Say(Label label) => isChinese ? label.Zh : label.En;

    /// <summary>A time to the second with its offset; a dash for none.</summary>
    public string Time(DateTimeOffset? time) =>
        time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) : "—";

    public void Heading(string text) => body.Append("<h2>").Append(WebUtility.HtmlEncode(text)).Append("</h2>\n");

    public void Paragraph(string text) => body.Append("<p>").Append(WebUtility.HtmlEncode(text)).Append("</p>\n");

    /// <summary>Names and what they have, one a row.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        body.Append("<table><tbody>\n");
        foreach (var (name, value) in facts)
        {
            body.Append("<tr><th>").Append(WebUtility.HtmlEncode(name)).Append("</th><td>").Append(WebUtility.HtmlEncode(value)).Append("</td></tr>\n");
        }

        body.Append("</tbody></table>\n");
    }

    /// <summary>A part with a table; the part is left out where there are no rows.</summary>
    /// <param name="bad">Rows that say that something was missed.</param>
    public void Table(string heading, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<IReadOnlyList<string>, bool>? bad = null)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Heading(heading);
        body.Append("<table><thead><tr>");
        foreach (var column in columns)
        {
            body.Append("<th>").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        }

        body.Append("</tr></thead><tbody>\n");
        foreach (var row in all)
        {
            body.Append(bad?.Invoke(row) == true ? "<tr class=\"bad\">" : "<tr>");
            foreach (var cell in row)
            {
                body.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            body.Append("</tr>\n");
        }

        body.Append("</tbody></table>\n");
    }

    public string Page(string title) =>
        $"""
        <!DOCTYPE html>
        <html lang="{(isChinese ? "zh-CN" : "en")}"><head><meta charset="utf-8"/><title>{WebUtility.HtmlEncode(title)}</title><style>
        {Style}
        </style></head><body>
        <h1>{WebUtility.HtmlEncode(title)}</h1>
        {body}</body></html>

        """;
}
