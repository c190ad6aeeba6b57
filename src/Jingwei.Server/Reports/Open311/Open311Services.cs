using Jingwei.Civic.Open311;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Incidents;

namespace Jingwei.Server.Reports.Open311;

/// <summary>What citizens may report: the kinds that the case of an incident type tells apart, or where it tells none, the type itself.</summary>
internal sealed class Open311Services(IncidentTypes types, PackCatalog packs)
{
    private const string Kind = "kind";

    public IReadOnlyList<(ServiceListing Listing, IncidentType Type)> All => [.. types.All.SelectMany(Of)];

    public (ServiceListing Listing, IncidentType Type)? Find(string code) => All.Where(each => each.Listing.ServiceCode == code).Select(each => ((ServiceListing, IncidentType)?)each).FirstOrDefault();

    private IEnumerable<(ServiceListing Listing, IncidentType Type)> Of(IncidentType type)
    {
        var field = type.Fields.TryGetValue(Kind, out var name) ? packs.Current.CaseType(type.Case)?.Fields.FirstOrDefault(each => each.Id == name) : null;
        return field is { Kind: PropertyKind.Enumeration }
            ? field.Values.Select(value => (new ServiceListing(value.Id, value.Name.Zh, value.Name.En, false, ServiceType.Realtime, [value.Name.En], type.Name.Zh), type))
            : [(new ServiceListing(type.Id, type.Name.Zh, type.Name.En, false, ServiceType.Realtime, [type.Name.En], null), type)];
    }
}
