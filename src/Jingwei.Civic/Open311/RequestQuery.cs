namespace Jingwei.Civic.Open311;

/// <summary>Which requests a client asks for (GET Service Requests).</summary>
/// <param name="JurisdictionId">Null when none was given.</param>
/// <param name="ServiceRequestIds">If there are any, these requests, and nothing else counts.</param>
/// <param name="ServiceCodes">Those of these services; all when there are none.</param>
/// <param name="Start">Requested then or later.</param>
/// <param name="End">Requested then or before.</param>
/// <param name="Statuses">Of one of these; all when there are none.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Most requests of a page.</param>
public sealed record RequestQuery(
    string? JurisdictionId, IReadOnlyList<string> ServiceRequestIds, IReadOnlyList<string> ServiceCodes, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<RequestStatus> Statuses, int Page, int PageSize)
{
    /// <summary>Reads the parameters of a query; `page` and `page_size` are the extension that most servers have.</summary>
    /// <param name="parameters">The values of each name.</param>
    /// <param name="now">Where the last 90 days end.</param>
    /// <param name="jurisdictions">Those that are served here; with more than one the client must say which.</param>
    public static Open311Parsed<RequestQuery> Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> parameters, DateTimeOffset now, IReadOnlyCollection<string>? jurisdictions = null, Open311Limits? limits = null)
    {
        limits ??= Open311Limits.Default;
        var reader = new ParameterReader(parameters, limits);
        var jurisdiction = reader.Jurisdiction(jurisdictions ?? []);
        var ids = reader.List("service_request_id");
        var page = reader.Whole("page", int.MaxValue) ?? 1;
        var size = reader.Whole("page_size", limits.PageSize) ?? limits.PageSize;
        if (ids.Count > limits.PageSize)
        {
            reader.Refuse($"There are more than {limits.PageSize} of service_request_id.");
        }

        // Ids override all other arguments, wrong ones included.
        var query = ids.Count > 0
            ? new(jurisdiction, ids, [], DateTimeOffset.MinValue, DateTimeOffset.MaxValue, [], page, size)
            : Filtered(reader, jurisdiction, page, size, now, limits);
        return new(reader.Errors.Count == 0 ? query : null, reader.Errors);
    }

    private static RequestQuery Filtered(ParameterReader reader, string? jurisdiction, int page, int size, DateTimeOffset now, Open311Limits limits)
    {
        var (start, end) = Range(reader.Time("start_date"), reader.Time("end_date"), now, limits.QuerySpan);
        if (start > end)
        {
            reader.Refuse("start_date is later than end_date.");
        }
        else if (end - start > limits.QuerySpan)
        {
            reader.Refuse($"start_date and end_date are more than {limits.QuerySpan.TotalDays} days apart.");
        }

        var statuses = new List<RequestStatus>();
        foreach (var name in reader.List("status"))
        {
            if (Enum.GetValues<RequestStatus>().Where(status => name.Equals(status.ToString(), StringComparison.OrdinalIgnoreCase)).ToList() is [var status])
            {
                statuses.Add(status);
            }
            else
            {
                reader.Refuse($"status is open or closed: {name}");
            }
        }

        return new(jurisdiction, [], reader.List("service_code"), start, end, statuses, page, size);
    }

    // With one end given the range is the longest from there, with none the most recent one.
    private static (DateTimeOffset Start, DateTimeOffset End) Range(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now, TimeSpan span) => (start, end) switch
    {
        ({ } from, { } to) => (from, to),
        ({ } from, null) => (from, DateTimeOffset.MaxValue - from < span ? DateTimeOffset.MaxValue : from + span),
        (null, { } to) => (to - DateTimeOffset.MinValue < span ? DateTimeOffset.MinValue : to - span, to),
        _ => (now - span, now),
    };
}
