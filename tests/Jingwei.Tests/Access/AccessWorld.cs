using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Console;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Hosting;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Indicators;
using Jingwei.Server.Notifications;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using Jingwei.Tests.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jingwei.Tests.Access;

/// <summary>
/// Every slice over real HTTP and MQTT on a store of its own, with two tenants beside each other and a clock that stands. Only the loops
/// do not run: a process has one engine, and these tests need none.
/// </summary>
public sealed class AccessWorld : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-access-").FullName;
    private readonly WebApplication app;
    private readonly Database database;
    private ListenOptions? mqtt;
    private HttpClient? http;

    private AccessWorld(IdentifierOptions? identifiers, string? webhooks)
    {
        var options = new ServerOptions(folder, new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, null)
        {
            Identifiers = identifiers ?? new(),
            Delivery = webhooks is null ? new() : new() { Networks = [IPNetwork.Parse(webhooks)] },
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Http);
            mqtt = kestrel.ListenMqtt(options.Mqtt);
        });
        builder.Services
            .AddSingleton(options)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(database = new Database(options.DatabaseFile))
            .AddSingleton(new PackCatalog(Packs)).AddPackStore()
            .AddProblems().ConfigureHttpJsonOptions(json => ServerApp.Speak(json.SerializerOptions))
            .AddAccess().AddDirectory().AddDevices(options).AddTelemetry().AddIndicators().AddRules().AddCases().AddNotifications(options).AddConsole();
        foreach (var loop in builder.Services.Where(each =>
            each.ServiceType == typeof(IHostedService) && each.ImplementationType?.Assembly == typeof(Database).Assembly).ToList())
        {
            builder.Services.Remove(loop);
        }

        if (identifiers is not null)
        {
            builder.Services.AddSingleton(IdentifierStore.Open(options)).AddSingleton(FactStore.Open(options)).AddIdentifiers(options).AddFacts();
        }

        app = builder.Build();
        if (identifiers is not null)
        {
            app.UseResolution();
        }

        app.UseStatusCodePages();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<AuditTrail>();
        app.UseAuthentication();
        app.UseAuthorization();
        var routes = app.MapGroup("").WithMetadata(BodyLimit.Usual).AddEndpointFilter<RouteGroupBuilder, CsvExport>();
        routes.MapAccess();
        routes.MapPacks();
        routes.MapDirectory();
        routes.MapDevices();
        routes.MapTelemetry();
        routes.MapIndicators();
        routes.MapRules();
        routes.MapCases();
        routes.MapNotifications();
        routes.MapConsole();
        if (identifiers is not null)
        {
            routes.MapIdentifiers();
            routes.MapFacts();
        }
    }

    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Folder => folder;

    public Uri Http => http!.BaseAddress!;

    public int MqttPort => mqtt!.IPEndPoint!.Port;

    private static readonly System.Collections.Immutable.ImmutableArray<Command> Commands =
    [
        new("restart", [
            new("after", PropertyKind.Number, "s", 0, 60, false, [], 0, Label.Of("After")),
            new("mode", PropertyKind.Enumeration, null, null, null, false, [new("warm", Label.Of("Warm")), new("cold", Label.Of("Cold"))], 0, Label.Of("Mode")),
        ], Label.Of("Restart")),
        new("stop", [], Label.Of("Stop")) { Confirm = Confirmation.Again },
        new("blow", [], Label.Of("Blow")) { Confirm = Confirmation.Other },
        new("wipe", [], Label.Of("Wipe")) { Right = Right.Administer },
        new("again", [], Label.Of("Again")) { Within = TimeSpan.FromSeconds(10), Retries = 2 },
    ];

    private static readonly WorkCalendar Office = new(
        "office", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        [new(new(8, 0), new(17, 0))], [], [], null, Label.Of("Office"));

    // What requests for sharing agreements open.
    private static readonly CaseType Request = new(
        "sharing-request", "works", "asked",
        [new("asked", false, null, Label.Of("Asked")), new("granted", true, null, Label.Of("Granted")), new("refused", true, null, Label.Of("Refused"))],
        [
            new("grant", ["asked"], "granted", Right.Administer, false, false, false, [], false, Label.Of("Grant")),
            new("refuse", ["asked"], "refused", Right.Administer, false, false, false, [], true, Label.Of("Refuse")),
        ],
        [new("agreement", PropertyKind.Text, null, null, null, false, [], 40, Label.Of("Agreement")), new("purpose", PropertyKind.Text, null, null, null, false, [], 13, Label.Of("Purpose"))],
        Label.Of("Request"))
    {
        Agreement = new("grant", "refuse"),
    };

    private static PackSet Packs { get; } = new([new Pack(
        "works", "1.0.0", Label.Of("Works"), Label.Of("Works"), [],
        [new("day", new(8, 0), new(20, 0), Label.Of("Day")), new("night", new(20, 0), new(8, 0), Label.Of("Night"))],
        [new ThingType("machine", "works", null, false, null, Label.Of("Machine"), ["machine"], [], Commands)],
        [], [], [],
        [WorkOrder.Type, new("job", "works", "open", [new("open", false, TimeSpan.FromHours(8), Label.Of("Open")) { Calendar = Office }], [], [], Label.Of("Job")), Request],
        [], [])
    { Calendars = [Office] }]);

    /// <summary>
    /// Parties root, plant (with plant-hall) and plan; regions root, east (with east-1) and west. Users: admin over everything, engineer
    /// and viewer of plant everywhere, outsider who administers plan everywhere.
    /// </summary>
    /// <param name="identifiers">Of its identifier node; null: it has none, and keeps no facts.</param>
    /// <param name="webhooks">Private addresses that webhooks may reach; null for none.</param>
    public static async Task<AccessWorld> StartAsync(IdentifierOptions? identifiers = null, string? webhooks = null)
    {
        var world = new AccessWorld(identifiers, webhooks);
        world.app.Services.AddFirstUser(Password);
        var (parties, regions) = (world.Get<Parties>(), world.Get<Regions>());
        parties.Add(new Party("plant", "一厂", "root", "Asia/Shanghai"));
        parties.Add(new Party("plant-hall", "一厂一车间", "plant", "Asia/Shanghai"));
        parties.Add(new Party("plan", "二厂", "root", "Asia/Shanghai"));
        regions.Add(new Region("east", "东", "root", "province"));
        regions.Add(new Region("east-1", "东一", "east", "city"));
        regions.Add(new Region("west", "西", "root", "province"));
        world.AddUser("engineer", Role.Engineer, "plant");
        world.AddUser("viewer", Role.Viewer, "plant");
        world.AddUser("outsider", Role.Administrator, "plan");
        await world.app.StartAsync(Cancellation);
        world.http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(world.app.Urls.First()) };
        return world;
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Makes a loop, which does not run by itself here.</summary>
    public T Make<T>() => ActivatorUtilities.CreateInstance<T>(app.Services);

    public void AddUser(string id, Role role, string party, string region = "root", string? home = null)
    {
        Get<Users>().Add(id, id, home ?? party, Password);
        Get<Users>().AddGrant(id, role, party, region);
    }

    public async Task AddThingAsync(string id, string party = "plant", string region = "east", string? parent = null, string? gateway = null) =>
        Assert.Equal(
            ThingOutcome.Done,
            await Get<Things>().AddAsync(new Thing(id, "machine", id, party, region, parent, gateway, Time.GetUtcNow(), 1), Cancellation));

    /// <summary>A session of the user, opened without his password.</summary>
    public string Session(string user) => Get<Tokens>().OpenSession(Get<Users>().Find(user)!).Secret;

    public Task<Answer> GetAsync(string? token, string path) => SendAsync(token, HttpMethod.Get, path);

    public Task<Answer> PostAsync(string? token, string path, string body = "{}") => SendAsync(token, HttpMethod.Post, path, body);

    public Task<Answer> LoginAsync(string user, string password) =>
        PostAsync(null, "/api/login", new JsonObject { ["user"] = user, ["password"] = password }.ToJsonString());

    public Task<Answer> SendAsync(string? token, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendContentAsync(token, method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public async Task<Answer> SendContentAsync(string? token, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http!.SendAsync(request, Cancellation);
        return new Answer(
            response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Cancellation)), response.Headers.ETag?.Tag,
            response.Headers.RetryAfter?.ToString(), response.Content.Headers.ContentType?.ToString())
        {
            Location = response.Headers.Location?.ToString(),
            Link = response.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : null,
        };
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        // What was answered may still be written to the audit: the folder goes when nobody writes in it any more.
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }
}

/// <summary>What the server answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, string? Tag, string? RetryAfter, string? ContentType)
{
    public string? Location { get; init; }

    public string? Link { get; init; }

    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => Json["code"]?.GetValue<string>();

    public IReadOnlyList<string> Ids => [.. Json["items"]!.AsArray().Select(item => (string)item!["id"]!)];
}
