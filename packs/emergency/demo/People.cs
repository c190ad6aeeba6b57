using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency;

/// <summary>A simulated user.</summary>
/// <param name="Role">operator or engineer.</param>
/// <param name="Home">The party that he belongs to.</param>
/// <param name="Region">Where he may act.</param>
internal sealed record Person(string Id, string Name, string Role, string Home, string Region);

/// <summary>The officers of province, cities and some counties: users with grants and duty rotas. All have one password, which is made anew at each start.</summary>
internal sealed class People : IDisposable
{
    /// <summary>Who takes calls and notes.</summary>
    public const string Desk = "zhejiang-desk";
    public const string Commander = "zhejiang-commander";
    public const string Health = "zhejiang-health";
    public const string Publicity = "zhejiang-publicity";

    // Counties that have officers of their own.
    private static readonly (string Code, string Word)[] Counties = [("330381", "ruian"), ("330382", "yueqing"), ("330211", "zhenhai"), ("330282", "cixi"), ("330604", "shangyu")];

    private readonly Uri url;
    private readonly ConcurrentDictionary<string, Api> signedIn = new();

    public People(Uri url, Places places) => (this.url, All) = (url, [.. Everybody(places)]);

    /// <summary>The desk first.</summary>
    public IReadOnlyList<Person> All { get; }

    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>A duty officer of a city, or of the province.</summary>
    public static string Duty(Place place, int number) => $"{place.Word}-duty-{number}";

    /// <summary>The rescue team of a city, or of the province.</summary>
    public static string Rescue(Place place) => $"{place.Word}-rescue";

    /// <summary>Makes the desk known, which the first call needs.</summary>
    public Task AddDeskAsync(Api api, CancellationToken stop) => AddAsync(api, All[0], stop);

    /// <summary>Makes everybody else known, with their rotas. Hashing a password takes a tenth of a second, and there are some forty.</summary>
    public async Task AddOthersAsync(Api api, Places places, CancellationToken stop)
    {
        foreach (var person in All.Skip(1))
        {
            await AddAsync(api, person, stop);
        }

        foreach (var place in places.Cities.Prepend(places[Places.Province]))
        {
            await RotaAsync(api, place, stop);
        }
    }

    /// <summary>The server as a user sees it, who is signed in when he first has something to do.</summary>
    public async Task<Api> OfAsync(string user, CancellationToken stop)
    {
        if (signedIn.TryGetValue(user, out var session))
        {
            return session;
        }

        session = await Api.SignInAsync(url, user, Password, stop);
        return signedIn.GetOrAdd(user, session);
    }

    public void Dispose()
    {
        foreach (var session in signedIn.Values)
        {
            session.Dispose();
        }
    }

    private static IEnumerable<Person> Everybody(Places places)
    {
        var province = places[Places.Province];
        yield return new(Desk, "省接报席（模拟）", "operator", Registration.Party, province.Code);
        yield return new(Commander, "省指挥长（模拟）", "engineer", Registration.Party, province.Code);
        yield return new(Health, "省医疗防疫组（模拟）", "operator", Registration.Party, province.Code);
        yield return new(Publicity, "省宣传组（模拟）", "operator", Registration.Party, province.Code);
        foreach (var place in places.Cities.Prepend(province))
        {
            yield return new(Duty(place, 1), $"{place.Name}值班员甲（模拟）", "operator", Registration.PartyOf(place), place.Code);
            yield return new(Duty(place, 2), $"{place.Name}值班员乙（模拟）", "operator", Registration.PartyOf(place), place.Code);
            yield return new(Rescue(place), $"{place.Name}救援队（模拟）", "operator", Registration.PartyOf(place), place.Code);
        }

        foreach (var (code, word) in Counties)
        {
            var county = places[code];
            yield return new($"{word}-duty", $"{county.Name}值班员（模拟）", "operator", Registration.PartyOf(places.CityOf(county)), code);
        }
    }

    private async Task AddAsync(Api api, Person person, CancellationToken stop)
    {
        var user = new JsonObject { ["id"] = person.Id, ["name"] = person.Name, ["party"] = person.Home, ["password"] = Password };
        if (await api.CreateAsync("api/users", user, stop))
        {
            await api.PostAsync($"api/users/{person.Id}/grants", new JsonObject { ["role"] = person.Role, ["party"] = Registration.Party, ["region"] = person.Region }, stop);
        }
        else
        {
            await api.PostAsync($"api/users/{person.Id}/password", new JsonObject { ["password"] = Password }, stop);
        }
    }

    // Two officers, a day and a night each in turn.
    private static Task<bool> RotaAsync(Api api, Place place, CancellationToken stop)
    {
        JsonArray Team(int number) => [Duty(place, number)];
        return api.CreateAsync(
            "api/rotas",
            new JsonObject
            {
                ["id"] = $"duty-{place.Code}",
                ["name"] = $"{place.Name}应急值班（模拟）",
                ["party"] = Registration.Party,
                ["region"] = place.Code,
                ["role"] = "operator",
                ["start"] = "2026-01-01",
                ["days"] = 1,
                ["shifts"] = new JsonArray(
                    new JsonObject { ["id"] = "day", ["name"] = "白班", ["from"] = "08:00", ["to"] = "20:00", ["teams"] = new JsonArray(Team(1), Team(2)) },
                    new JsonObject { ["id"] = "night", ["name"] = "夜班", ["from"] = "20:00", ["to"] = "08:00", ["teams"] = new JsonArray(Team(2), Team(1)) }),
            },
            stop);
    }
}
