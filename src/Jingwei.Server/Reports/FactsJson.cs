using System.Globalization;
using System.Text.Json;
using Jingwei.Text.Fields;
using Jingwei.Text.Likeness;

namespace Jingwei.Server.Reports;

/// <summary>What a report states, as JSON.</summary>
internal static class FactsJson
{
    internal static string? ClassName(IncidentClass kind) => kind switch
    {
        IncidentClass.NaturalDisaster => "natural-disaster",
        IncidentClass.Accident => "accident",
        IncidentClass.PublicHealth => "public-health",
        IncidentClass.SocialSecurity => "social-security",
        _ => null,
    };

    internal static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Kind, level with its rule, what is lacking, and each field with where it stands.</summary>
    internal static void WriteEvidence(Utf8JsonWriter writer, ReportFacts facts)
    {
        writer.WriteStartObject("evidence");
        Write(writer, "kind", facts.Kind);
        Write(writer, "date", facts.Date);
        Write(writer, "province", facts.Province);
        writer.WriteString("regionCode", facts.RegionCode);
        Write(writer, "dead", facts.Dead);
        Write(writer, "injured", facts.Injured);
        Write(writer, "missing", facts.Missing);
        Write(writer, "trapped", facts.Trapped);
        Write(writer, "evacuated", facts.Evacuated);
        Write(writer, "magnitude", facts.Magnitude);
        Write(writer, "loss", facts.Loss);
        if (facts.Level is { } level)
        {
            writer.WriteStartObject("level");
            writer.WriteNumber("level", level.Level);
            writer.WriteString("rule", level.Rule);
            writer.WriteString("ruleEn", level.RuleEn);
            writer.WriteString("source", level.Source);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("lacking");
        foreach (var name in facts.Lacking)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What each group of features contributes to the logit of a score.</summary>
    internal static void WriteScore(Utf8JsonWriter writer, LikenessScore score)
    {
        writer.WriteStartObject("contributions");
        writer.WriteNumber("text", Math.Round(score.Text, 3));
        writer.WriteNumber("time", Math.Round(score.Time, 3));
        writer.WriteNumber("place", Math.Round(score.Place, 3));
        writer.WriteNumber("class", Math.Round(score.Class, 3));
        writer.WriteNumber("numbers", Math.Round(score.Numbers, 3));
        writer.WriteNumber("base", Math.Round(score.Base, 3));
        writer.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, Stated<T>? stated)
    {
        if (stated is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WritePropertyName("value");
        writer.WriteRawValue(JsonSerializer.Serialize(stated.Value is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : (object?)stated.Value));
        writer.WriteString("in", stated.InTitle ? "title" : "text");
        writer.WriteNumber("start", stated.Start);
        writer.WriteNumber("end", stated.End);
        writer.WriteNumber("confidence", stated.Confidence);
        writer.WriteEndObject();
    }
}
