namespace Jingwei.Civic.Open311;

/// <summary>A request as a client sends it (POST Service Request).</summary>
public sealed record NewServiceRequest
{
    /// <summary>The key by which the client is known; null when none was sent.</summary>
    public string? ApiKey { get; init; }

    public string? JurisdictionId { get; init; }

    public required string ServiceCode { get; init; }

    /// <summary>Where: this, <see cref="AddressString"/> or <see cref="AddressId"/> is there.</summary>
    public GeoPoint? Point { get; init; }

    public string? AddressString { get; init; }

    public string? AddressId { get; init; }

    public string? Email { get; init; }

    public string? DeviceId { get; init; }

    public string? AccountId { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public string? Description { get; init; }

    /// <summary>An http or https address.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>The answers to the service's questions, by code.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="parameters">The values of each name.</param>
    /// <param name="jurisdictions">Those that are served here; with more than one the client must say which.</param>
    public static Open311Parsed<NewServiceRequest> Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> parameters, IReadOnlyCollection<string>? jurisdictions = null, Open311Limits? limits = null)
    {
        limits ??= Open311Limits.Default;
        var reader = new ParameterReader(parameters, limits);
        var jurisdiction = reader.Jurisdiction(jurisdictions ?? []);
        var code = reader.Text("service_code");
        if (code is null)
        {
            reader.Refuse("service_code was not provided.");
        }

        var request = new NewServiceRequest
        {
            ApiKey = reader.Text("api_key"),
            JurisdictionId = jurisdiction,
            ServiceCode = code ?? "",
            Point = Place(reader, parameters),
            AddressString = reader.Text("address_string"),
            AddressId = reader.Text("address_id"),
            Email = reader.Text("email"),
            DeviceId = reader.Text("device_id"),
            AccountId = reader.Text("account_id"),
            FirstName = reader.Text("first_name"),
            LastName = reader.Text("last_name"),
            Phone = reader.Text("phone"),
            Description = reader.Text("description", limits.Description),
            MediaUrl = reader.Text("media_url"),
            Attributes = Answers(parameters, reader, limits),
        };
        if (request is { Point: null, AddressString: null, AddressId: null } && reader.Errors.TrueForAll(error => !error.Description.StartsWith("lat", StringComparison.Ordinal) && !error.Description.StartsWith("long", StringComparison.Ordinal)))
        {
            reader.Refuse("No place was provided: send lat and long, address_string or address_id.");
        }

        if (request.MediaUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            reader.Refuse($"media_url is no http or https address: {url}");
        }

        return new(reader.Errors.Count == 0 ? request : null, reader.Errors);
    }

    private static GeoPoint? Place(ParameterReader reader, IReadOnlyDictionary<string, IReadOnlyList<string>> parameters)
    {
        var (latitude, longitude) = (reader.Degrees("lat", 90), reader.Degrees("long", 180));
        bool IsGiven(string name) => parameters.TryGetValue(name, out var values) && values.Any(value => !string.IsNullOrWhiteSpace(value));
        if (IsGiven("lat") != IsGiven("long"))
        {
            reader.Refuse("lat and long go together.");
        }

        return latitude is { } north && longitude is { } east ? new(north, east) : null;
    }

    // `attribute[code]=value`, or `attribute[code][]=value` several times.
    private static Dictionary<string, IReadOnlyList<string>> Answers(IReadOnlyDictionary<string, IReadOnlyList<string>> parameters, ParameterReader reader, Open311Limits limits)
    {
        const string Start = "attribute[";
        var answers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in parameters.Where(parameter => parameter.Key.StartsWith(Start, StringComparison.Ordinal)))
        {
            var end = name.IndexOf(']', StringComparison.Ordinal);
            var code = end > Start.Length && name[(end + 1)..] is "" or "[]" ? name[Start.Length..end] : null;
            if (code is null)
            {
                reader.Refuse($"{name} is no attribute[code].");
            }
            else if (values.Any(value => value.Length > limits.Description))
            {
                reader.Refuse($"{name} is longer than {limits.Description} characters.");
            }
            else if (values.Where(value => value.Length > 0).ToList() is { Count: > 0 } given)
            {
                answers[code] = answers.TryGetValue(code, out var before) ? [.. before, .. given] : given;
            }
        }

        return answers;
    }
}
