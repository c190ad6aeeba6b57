using Dapper;
using Jingwei.Civic;
using Jingwei.Civic.Open311;
using Jingwei.Server.Access;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Open311;

/// <summary>Reports as GeoReport's service requests: open as long as their incident is.</summary>
internal sealed class Open311Requests(Database database, ReportView view, IncidentBook book, IncidentView incidents, Open311Services services, Parties parties)
{
    /// <summary>What a request says, as a report.</summary>
    public static NewReport Report(NewServiceRequest request, ServiceListing listing, string type, string party, string home, string kind, DateTimeOffset now, ReportOriginal original)
    {
        var name = string.Join(' ', new[] { request.FirstName, request.LastName }.Where(part => part is not null));
        var text = request.Description is { Length: > 0 } said ? said : listing.ServiceName;
        return new NewReport(
            type, party, null, home, ReportChannel.Open311, kind, name, listing.ServiceName, text, now,
            request.Point is { } point ? new LonLat(point.Longitude, point.Latitude) : null, Cut(request.AddressString ?? request.AddressId), null, false)
        {
            Link = request.MediaUrl,
            Original = original,
        };
    }

    /// <summary>The requests that a caller may see and asks for, newest first.</summary>
    public IReadOnlyList<ServiceRequest> Read(Caller caller, RequestQuery query)
    {
        if (query.ServiceRequestIds.Count > 0)
        {
            return [.. query.ServiceRequestIds.Select(id => view.Find(caller, id)).OfType<ReportRow>().Where(row => row.Channel == (long)ReportChannel.Open311).Select(Request)];
        }

        var rows = database.Read(store => store.Query<ReportRow>(
            $"SELECT {ReportTables.Columns} FROM report WHERE channel = @channel AND reported_at BETWEEN @start AND @end ORDER BY seq DESC",
            new { channel = (int)ReportChannel.Open311, start = Instant.Of(query.Start), end = Instant.Of(query.End) }).AsList());
        return
        [
            .. rows.Where(row => caller.May(Right.View, view.ScopeOf(row))).Select(Request)
                .Where(each => (query.ServiceCodes.Count == 0 || query.ServiceCodes.Contains(each.ServiceCode)) && (query.Statuses.Count == 0 || query.Statuses.Contains(each.Status)))
                .Skip((int)Math.Min(int.MaxValue, (query.Page - 1L) * query.PageSize)).Take(query.PageSize),
        ];
    }

    private ServiceRequest Request(ReportRow row)
    {
        var incident = row.Incident is { } id ? book.Find(id) : null;
        var item = incident is null ? null : incidents.Item(incident);
        // What was asked for stands in the title; what was read in the text may be something else.
        var listing = services.All.FirstOrDefault(each => each.Listing.ServiceName == row.Title).Listing;
        return new ServiceRequest
        {
            ServiceRequestId = row.Id,
            Status = incident is null or { IsOpen: true } ? RequestStatus.Open : RequestStatus.Closed,
            StatusNotes = item?.StateName.Zh,
            ServiceName = row.Title,
            ServiceCode = listing?.ServiceCode ?? row.Type,
            Description = row.Text,
            AgencyResponsible = parties.Find(row.Party)?.Name,
            RequestedDatetime = Instant.ToTime(row.ReportedAt),
            UpdatedDatetime = Instant.ToTime(incident?.Closed ?? row.ReceivedAt),
            ExpectedDatetime = item?.Due,
            Address = row.Place,
            Point = row is { Lon: { } lon, Lat: { } lat } ? new GeoPoint(lat, lon) : null,
            MediaUrl = row.Link,
        };
    }

    private static string? Cut(string? place) => place is { Length: > ReportLimits.Name } ? place[..ReportLimits.Name] : place;
}
