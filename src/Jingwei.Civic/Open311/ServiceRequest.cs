namespace Jingwei.Civic.Open311;

public enum RequestStatus
{
    /// <summary>It has been reported.</summary>
    Open,
    /// <summary>It has been resolved.</summary>
    Closed,
}

/// <summary>A request as it is shown (GET Service Requests). What is null is written as empty.</summary>
public sealed record ServiceRequest
{
    public required string ServiceRequestId { get; init; }

    public required RequestStatus Status { get; init; }

    /// <summary>Why it is so.</summary>
    public string? StatusNotes { get; init; }

    public string? ServiceName { get; init; }

    public required string ServiceCode { get; init; }

    public string? Description { get; init; }

    public string? AgencyResponsible { get; init; }

    /// <summary>What will be done.</summary>
    public string? ServiceNotice { get; init; }

    public required DateTimeOffset RequestedDatetime { get; init; }

    /// <summary>Of a closed one: when it was closed.</summary>
    public DateTimeOffset? UpdatedDatetime { get; init; }

    /// <summary>When it can be expected to be done.</summary>
    public DateTimeOffset? ExpectedDatetime { get; init; }

    public string? Address { get; init; }

    public string? AddressId { get; init; }

    public string? Zipcode { get; init; }

    public GeoPoint? Point { get; init; }

    public string? MediaUrl { get; init; }
}

/// <summary>The answer to a request that was sent (POST Service Request).</summary>
/// <param name="ServiceRequestId">Its id; null when there is a token.</param>
/// <param name="Token">What to ask for the id with later; null when there is an id.</param>
public sealed record RequestReceipt(string? ServiceRequestId, string? Token, string? ServiceNotice, string? AccountId);

/// <summary>The id that a token stands for (GET service_request_id from a token); null as long as there is none.</summary>
public sealed record RequestToken(string Token, string? ServiceRequestId);

/// <summary>Why something was refused.</summary>
/// <param name="Code">As the HTTP status: 404 for what does not exist, 403 for a missing or wrong api_key, else 400.</param>
/// <param name="Description">For the user to read.</param>
public sealed record Open311Error(int Code, string Description);

/// <summary>What parameters say, or everything that is wrong with them.</summary>
public sealed record Open311Parsed<T>(T? Value, IReadOnlyList<Open311Error> Errors) where T : class;
