using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Jingwei.Demo.Factory;

/// <summary>
/// The maintenance crew: a user of its own that takes work orders, reports them repaired when the machine runs again and
/// has them verified. The scripted breakdown is left to whoever watches; once its work order is repaired, so is the machine.
/// </summary>
internal sealed class RepairCrew(Api api, Settings settings, LiveRun live, TimeProvider time, Journal journal)
{
    private const string User = "crew-1";
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(1);

    private readonly TimeSpan wayToTheMachine = TimeSpan.FromMinutes(1) / settings.Speed;

    private static readonly (string Cause, string Chinese, string English)[] Findings =
    [
        ("wear", "更换磨损件，试跑三块板正常。", "Changed the worn part; three trial panels were good."),
        ("electrical", "紧固松动的接线端子，复位变频器。", "Tightened a loose terminal and reset the drive."),
        ("pneumatic", "更换漏气的气管接头。", "Changed a leaking air fitting."),
        ("tooling", "重新校准夹具并清洁定位销。", "Realigned the fixture and cleaned its pins."),
    ];

    public async Task RunAsync(DateTimeOffset start, CancellationToken stop)
    {
        string token;
        try
        {
            token = await SignInAsync(stop);
        }
        catch (Exception e) when (Api.IsFailure(e))
        {
            journal.Write($"crew: stays at home: {e.Message}");
            return;
        }

        using var crew = new Api(settings.Url, token);
        var round = LongestRound / settings.Speed;
        using var timer = new PeriodicTimer(round > LongestRound ? LongestRound : round < ShortestRound ? ShortestRound : round, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                var cases = await crew.GetAsync("api/cases?type=work-order&limit=200", stop);
                foreach (var one in (cases["items"] as JsonArray)?.OfType<JsonObject>() ?? [])
                {
                    await LookAtAsync(crew, one, start, stop);
                }
            }
            catch (Exception e) when (Api.IsFailure(e))
            {
                journal.Write($"crew: {e.Message}");
            }
        }
    }

    private async Task LookAtAsync(Api crew, JsonObject one, DateTimeOffset start, CancellationToken stop)
    {
        var thing = (string?)one["thing"];
        var state = (string?)one["state"];
        if (thing is null)
        {
            return;
        }

        if (thing == live.Overheated)
        {
            if (state is "repaired" or "verified" && live.Down.Contains(thing) && OpenedAt(one) >= start)
            {
                live.Repair(thing);
            }

            return;
        }

        switch (state)
        {
            case "breakdown" when time.GetUtcNow() - OpenedAt(one) > wayToTheMachine && await IsStandstillAsync(crew, one, stop):
                await ActAsync(crew, one, "take", [], stop);
                break;
            case "assigned" when !live.Down.Contains(thing) && (string?)one["assignee"] == User:
                await ActAsync(crew, one, "repair", Report(thing), stop);
                break;
            case "repaired" when !live.Down.Contains(thing) && (string?)one["assignee"] == User:
                await ActAsync(crew, one, "verify", [], stop);
                break;
        }
    }

    /// <summary>The crew brings machines back that stand; what else is wrong with one is for whoever watches.</summary>
    private static async Task<bool> IsStandstillAsync(Api crew, JsonObject one, CancellationToken stop)
    {
        var detail = await crew.GetAsync($"api/cases/{Uri.EscapeDataString((string)one["id"]!)}", stop);
        return (string?)detail["fields"]?["symptom"] == "stopped";
    }

    private static DateTimeOffset? OpenedAt(JsonObject one) => (DateTimeOffset?)one["openedAt"];

    private async Task ActAsync(Api crew, JsonObject one, string transition, JsonObject fields, CancellationToken stop)
    {
        var path = $"api/cases/{Uri.EscapeDataString((string)one["id"]!)}/transitions/{transition}";
        if (await crew.ActAsync(path, new JsonObject { ["fields"] = fields }, one["version"]!.ToString(), stop))
        {
            journal.Write($"crew: {transition} {one["number"]} of {(string?)one["thing"]}");
        }
    }

    private JsonObject Report(string thing)
    {
        // Not string.GetHashCode, which differs from run to run.
        var (cause, chinese, english) = Findings[thing.Sum(letter => letter) % Findings.Length];
        return new JsonObject { ["cause"] = cause, ["action"] = settings.English ? english : chinese };
    }

    private async Task<string> SignInAsync(CancellationToken stop)
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var user = new JsonObject
        {
            ["id"] = User,
            ["name"] = settings.English ? "Maintenance crew" : "维修一班",
            ["party"] = Registration.Company,
            ["password"] = password,
        };
        if (await api.CreateAsync("api/users", user, stop))
        {
            var grant = new JsonObject { ["role"] = "engineer", ["party"] = Registration.Company, ["region"] = Registration.Site };
            await api.PostAsync($"api/users/{User}/grants", grant, stop);
        }
        else
        {
            await api.PostAsync($"api/users/{User}/password", new JsonObject { ["password"] = password }, stop);
        }

        var session = await api.PostAsync("api/login", new JsonObject { ["user"] = User, ["password"] = password }, stop);
        return (string)session["token"]!;
    }
}
