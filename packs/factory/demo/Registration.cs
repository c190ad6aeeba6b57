using System.Text.Json.Nodes;
using Jingwei.Demo.Factory.Simulation;

namespace Jingwei.Demo.Factory;

/// <summary>User and secret of a machine's MQTT sign-in.</summary>
internal sealed record Credentials(string User, string Secret);

/// <summary>Makes the sample company, its place and its things known to the server; what exists already is left as it is.</summary>
internal sealed class Registration(Api api, bool english)
{
    public const string Company = "jingwei-pcb";
    public const string Site = "sample-site";

    public async Task RegisterAsync(Plant plant, CancellationToken stop)
    {
        await RegionAsync("sample-city", "root", "city", "云川市（样例）", "Yunchuan City (sample)", stop);
        await RegionAsync("sample-county", "sample-city", "county", "临江区（样例）", "Linjiang District (sample)", stop);
        await RegionAsync(Site, "sample-county", "site", "经纬电路一厂", "Jingwei PCB plant 1", stop);
        var company = new JsonObject
        {
            ["id"] = Company,
            ["name"] = Say("经纬电路（样例）", "Jingwei PCB (sample)"),
            ["parent"] = "root",
            ["zone"] = "Asia/Shanghai",
        };
        await api.CreateAsync("api/parties", company, stop);
        foreach (var line in plant.Lines)
        {
            await ThingAsync(line.Id, "production-line", Say($"{line.Number} 号线（模拟）", $"Line {line.Number} (simulated)"), null, stop);
            foreach (var operation in line.Operations)
            {
                await ThingAsync(operation.Id, operation.Kind.IsDrilling ? "drilling-operation" : "operation", Say(operation.Kind.Chinese, operation.Kind.English), line.Id, stop);
            }
        }

        foreach (var machine in plant.Machines)
        {
            var place = machine.Place;
            var name = Say($"{place.Kind.MachineName} {place.Ordinal} 号", $"{place.Kind.English} {place.Ordinal}");
            await ThingAsync(place.Id, place.Kind.Type, name, place.Operation, stop);
        }
    }

    /// <summary>What a planning system knows and no machine: the place of operations in the route and the takt of lines.</summary>
    public Task PublishRouteAsync(Plant plant, DateTimeOffset at, CancellationToken stop)
    {
        var lines = new List<string>();
        var time = at.ToUnixTimeMilliseconds();
        foreach (var line in plant.Lines)
        {
            lines.Add(FormattableString.Invariant($"planning,machine={line.Id} takt_time={line.Takt} {time}"));
            lines.AddRange(line.Operations.Select(operation =>
                FormattableString.Invariant($"planning,machine={operation.Id} sequence={operation.Sequence} {time}")));
        }

        return api.WriteLinesAsync("factory", string.Join('\n', lines), stop);
    }

    /// <summary>A new secret for a machine; the one before ends with it.</summary>
    public async Task<Credentials> IssueAsync(string thing, CancellationToken stop)
    {
        var issued = await api.PostAsync($"api/things/{Uri.EscapeDataString(thing)}/credentials", new JsonObject(), stop);
        return new Credentials((string)issued["user"]!, (string)issued["secret"]!);
    }

    private string Say(string chinese, string inEnglish) => english ? inEnglish : chinese;

    private Task<bool> RegionAsync(string id, string parent, string kind, string chinese, string inEnglish, CancellationToken stop) =>
        api.CreateAsync(
            "api/regions",
            new JsonObject { ["id"] = id, ["name"] = Say(chinese, inEnglish), ["parent"] = parent, ["kind"] = kind },
            stop);

    private Task<bool> ThingAsync(string id, string type, string name, string? parent, CancellationToken stop)
    {
        var thing = new JsonObject { ["id"] = id, ["type"] = type, ["name"] = name, ["party"] = Company, ["region"] = Site };
        if (parent is not null)
        {
            thing["parent"] = parent;
        }

        return api.CreateAsync("api/things", thing, stop);
    }
}
