using System.Collections.Immutable;

namespace Jingwei.Server.Access.Agreements;

/// <summary>Somebody proposes an agreement, or asks for one.</summary>
/// <param name="From">The party that is to show.</param>
/// <param name="To">The party that is to see.</param>
#pragma warning disable CA1720 // An object of a trace, as EPCIS has it.
public sealed record NewAgreement(
    string? From, string? To, IReadOnlyList<string>? Products, IReadOnlyList<string>? EventTypes, IReadOnlyList<string>? Fields, IReadOnlyList<string>? Values,
    bool? Statistics, string? Purpose, DateTimeOffset? Until, string? Object);

/// <summary>Reads what is proposed, and says every mistake in it.</summary>
internal static class AgreementForm
{
    private static readonly string[] EventTypes = ["ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent"];

    public static AgreementTerms? Read(NewAgreement asked, DateTimeOffset now, List<string> faults)
    {
        var terms = new AgreementTerms(
            [.. Listed(asked.Products, "products", faults).Select(ProductClass.Of).Distinct(StringComparer.Ordinal)],
            Listed(asked.EventTypes, "eventTypes", faults),
            Listed(asked.Fields, "fields", faults),
            Listed(asked.Values, "values", faults),
            asked.Statistics ?? false,
            asked.Purpose?.Trim() ?? "",
            asked.Until ?? default);
        Check(terms, now, faults);
        if (asked.Object?.Length > AgreementLimits.Text)
        {
            faults.Add($"\"object\" has at most {AgreementLimits.Text} characters.");
        }

        return faults.Count == 0 ? terms : null;
    }

    private static void Check(AgreementTerms terms, DateTimeOffset now, List<string> faults)
    {
        if (terms.EventTypes.FirstOrDefault(type => !EventTypes.Contains(type)) is { } type)
        {
            faults.Add($"\"eventTypes\": \"{type}\" is none of {string.Join(", ", EventTypes)}.");
        }

        if (terms.Fields.FirstOrDefault(field => field != AgreementTerms.All && !AgreementFields.Named.Contains(field)) is { } field)
        {
            faults.Add($"\"fields\": \"{field}\" is none of {string.Join(", ", AgreementFields.Named.Order(StringComparer.Ordinal))}, *.");
        }

        if (terms.Purpose.Length is 0 or > AgreementLimits.Purpose)
        {
            faults.Add($"\"purpose\" says in at most {AgreementLimits.Purpose} characters what it is for.");
        }

        if (terms.Until <= now || terms.Until > now.AddYears(AgreementLimits.Years))
        {
            faults.Add($"\"until\" is a time to come, at most {AgreementLimits.Years} years from now.");
        }
    }

    private static ImmutableArray<string> Listed(IReadOnlyList<string>? list, string name, List<string> faults)
    {
        if (list?.Count > AgreementLimits.Listed || list?.Any(each => each is not { Length: > 0 and <= AgreementLimits.Text }) == true)
        {
            faults.Add($"\"{name}\" has at most {AgreementLimits.Listed} texts of 1 to {AgreementLimits.Text} characters.");
            return [];
        }

        return list is null ? [] : [.. list.Select(each => each.Trim()).Distinct(StringComparer.Ordinal)];
    }
}
