using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>A simulated user.</summary>
/// <param name="Role">administrator or operator, of his own company alone.</param>
internal sealed record Person(string Id, string Name, string Role, string Party);

/// <summary>A manager and a quality engineer of each company, and the analyst of the association. All have one password, which is made anew at each start.</summary>
internal sealed class People(Uri url) : IDisposable
{
    private readonly ConcurrentDictionary<string, Api> signedIn = new();

    public static IReadOnlyList<Person> All { get; } =
    [
        .. Network.All.SelectMany(firm => new[]
        {
            new Person(firm.Manager, $"{Short(firm.Name)}负责人（模拟）", "administrator", firm.Id),
            new Person(firm.Quality, $"{Short(firm.Name)}质量工程师（模拟）", "operator", firm.Id),
        }),
        new(Association.Analyst, "协会统计专员（模拟）", "administrator", Association.Id),
    ];

    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>Makes everybody known.</summary>
    public async Task AddAsync(Api api, CancellationToken stop)
    {
        foreach (var person in All)
        {
            var user = new JsonObject { ["id"] = person.Id, ["name"] = person.Name, ["party"] = person.Party, ["password"] = Password };
            if (await api.CreateAsync("api/users", user, stop))
            {
                await api.PostAsync($"api/users/{person.Id}/grants", new JsonObject { ["role"] = person.Role, ["party"] = person.Party, ["region"] = "root" }, stop);
            }
            else
            {
                await api.PostAsync($"api/users/{person.Id}/password", new JsonObject { ["password"] = Password }, stop);
            }
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

    /// <summary>A session has ended: he signs in again when he next has something to do.</summary>
    public void Forget(string user)
    {
        if (signedIn.TryRemove(user, out var session))
        {
            session.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var session in signedIn.Values)
        {
            session.Dispose();
        }
    }

    private static string Short(string name) => name[..name.IndexOf('（', StringComparison.Ordinal)];
}
