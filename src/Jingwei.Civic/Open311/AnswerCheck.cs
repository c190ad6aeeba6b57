using System.Globalization;

namespace Jingwei.Civic.Open311;

/// <summary>Whether a request answers what its service asks.</summary>
public static class AnswerCheck
{
    /// <summary>Everything that the answers of a request lack or have wrong; nothing when they are right.</summary>
    public static IReadOnlyList<Open311Error> Check(this ServiceDefinition definition, NewServiceRequest request)
    {
        var errors = new List<Open311Error>();
        foreach (var attribute in definition.Attributes.Where(attribute => attribute.IsVariable))
        {
            var given = request.Attributes.GetValueOrDefault(attribute.Code) ?? [];
            if (given.Count == 0 && attribute.IsRequired)
            {
                errors.Add(new(400, $"attribute[{attribute.Code}] was not provided: {attribute.Description}"));
            }
            else if (given.Count > 1 && attribute.Datatype != AttributeDatatype.MultiValueList)
            {
                errors.Add(new(400, $"attribute[{attribute.Code}] has one value only."));
            }

            errors.AddRange(given.Where(value => !Fits(attribute, value)).Select(value => new Open311Error(400, $"attribute[{attribute.Code}] is no {Kind(attribute)}: {value}")));
        }

        errors.AddRange(request.Attributes.Keys
            .Where(code => !definition.Attributes.Any(attribute => attribute.IsVariable && attribute.Code == code))
            .Select(code => new Open311Error(400, $"attribute[{code}] is not asked for by the service {definition.ServiceCode}.")));
        return errors;
    }

    private static bool Fits(ServiceQuestion attribute, string value) => attribute.Datatype switch
    {
        AttributeDatatype.String => value.AsSpan().IndexOfAny('\r', '\n') < 0,
        AttributeDatatype.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        AttributeDatatype.Datetime => ParameterReader.Open311Time(value) is not null || DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        AttributeDatatype.SingleValueList or AttributeDatatype.MultiValueList => attribute.Values.Any(choice => choice.Key == value),
        _ => true,
    };

    private static string Kind(ServiceQuestion attribute) => attribute.Datatype switch
    {
        AttributeDatatype.String => "single line",
        AttributeDatatype.Number => "number",
        AttributeDatatype.Datetime => "date of ISO 8601",
        _ => $"value of {string.Join(", ", attribute.Values.Select(choice => choice.Key))}",
    };
}
