using System.Globalization;
using Jingwei.Cel;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Rules;

/// <summary>Puts causes into words.</summary>
internal static class Explanation
{
    public static CauseValue Of(Property property, ReadingValue value, long time) => new(
        property.Id,
        property.Name,
        value.Kind switch
        {
            PropertyKind.Number => value.Number,
            PropertyKind.Boolean => value.Number != 0,
            _ => value.Text ?? "",
        },
        property.Unit,
        Instant.ToTime(time),
        Shown(property, value));

    /// <summary>What an expression asked of the course of readings came to; null for nothing.</summary>
    public static CauseValue? Of(CelAggregateUse use, CelValue result, long time)
    {
        object? value = result.Kind switch
        {
            CelKind.Double => result.AsDouble(),
            CelKind.Int => (double)result.AsInt(),
            CelKind.Bool => result.AsBool(),
            CelKind.String => result.AsString(),
            _ => null,
        };
        var shown = value is double number ? number.ToString("0.###", CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        return value is null ? null : new CauseValue(use.Text, Label.Of(use.Text), value, null, Instant.ToTime(time), Label.Of(shown));
    }

    /// <summary>The rule's name, the values that made it, and how long they had held.</summary>
    public static Label Of(RuleEvent raised)
    {
        var cause = raised.Cause!;
        var held = raised.At - cause.HeldSince;
        var name = raised.Rule.Name;
        if (raised.Rule.Absent is { } absent)
        {
            var property = cause.Values.FirstOrDefault()?.Name ?? Label.Of(absent.Property);
            return new Label($"{name.Zh}：{Held(held).Zh}没有收到{property.Zh}", $"{name.En}: no {property.En} for {Held(held).En}");
        }

        var zh = string.Join("，", cause.Values.Select(value => $"{value.Name.Zh} {value.Shown.Zh}"));
        var en = string.Join(", ", cause.Values.Select(value => $"{value.Name.En} {value.Shown.En}"));
        return held == TimeSpan.Zero
            ? new Label($"{name.Zh}：{zh}", $"{name.En}: {en}")
            : new Label($"{name.Zh}：{zh}，已持续{Held(held).Zh}", $"{name.En}: {en}, for {Held(held).En}");
    }

    private static Label Shown(Property property, ReadingValue value) => value.Kind switch
    {
        PropertyKind.Number => Label.Of($"{value.Number.ToString("0.###", CultureInfo.InvariantCulture)} {UnitOf(property)}".TrimEnd()),
        PropertyKind.Boolean => value.Number != 0 ? new Label("是", "yes") : new Label("否", "no"),
        PropertyKind.Enumeration => property.Values.FirstOrDefault(each => each.Id == value.Text)?.Name ?? Label.Of(value.Text ?? ""),
        _ => Label.Of(value.Text ?? ""),
    };

    // UCUM codes that people write otherwise; an annotation in braces is a word for programs.
    private static string UnitOf(Property property) => property.Unit switch
    {
        null or "1" or ['{', ..] => "",
        "Cel" => "°C",
        "Ohm" => "Ω",
        { } unit => unit.Replace('.', '·'),
    };

    private static Label Held(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Of(span.TotalDays, "天", "days"),
        { TotalHours: >= 2 } => Of(span.TotalHours, "小时", "h"),
        { TotalMinutes: >= 2 } => Of(span.TotalMinutes, "分钟", "min"),
        _ => Of(span.TotalSeconds, "秒", "s"),
    };

    private static Label Of(double number, string zh, string en)
    {
        var text = number.ToString("0.#", CultureInfo.InvariantCulture);
        return new Label($"{text}{zh}", $"{text} {en}");
    }
}
