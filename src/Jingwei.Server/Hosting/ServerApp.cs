using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Console;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;
using Jingwei.Server.Facts;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Indicators;
using Jingwei.Server.Notifications;
using Jingwei.Server.Packs;
using Jingwei.Server.Reports;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;
using Jingwei.Server.Transparency;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Jingwei.Server.Hosting;

/// <summary>The listeners, which know their ports once the server runs.</summary>
internal sealed record Listeners
{
    public ListenOptions? Http { get; set; }

    public ListenOptions? Mqtt { get; set; }

    public ListenOptions? Mqtts { get; set; }
}

/// <summary>Puts the slices together; reads like a table of contents.</summary>
internal static class ServerApp
{
    public static WebApplication Build(ServerOptions options, Openings openings, out Listeners listeners)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        LogToStandardError(builder.Logging);
        listeners = Listen(builder.WebHost, options);

        var database = new Database(options.DatabaseFile);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(openings.Engine)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(database)
            .AddSingleton(openings.Identifiers)
            .AddSingleton(openings.Facts)
            .AddProblems()
            .ConfigureHttpJsonOptions(json => Speak(json.SerializerOptions))
            .AddAccess()
            .AddPacks(options, database)
            .AddDirectory()
            .AddIdentifiers(options)
            .AddDevices(options)
            .AddTelemetry()
            .AddFacts()
            .AddIndicators()
            .AddRules()
            .AddCases()
            .AddNotifications(options)
            .AddReports()
            .AddTransparency()
            .AddConsole();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseResolution();
        app.UseStatusCodePages();
        app.UseConsoleFiles();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<AuditTrail>();
        app.UseAuthentication();
        app.UseAuthorization();

        var routes = app.MapGroup("").WithMetadata(BodyLimit.Usual).AddEndpointFilter<RouteGroupBuilder, CsvExport>();
        RouteGroupBuilder Slice(string name) => routes.MapGroup("").WithTags(name);
        Slice("Access").MapAccess();
        Slice("Packs").MapPacks();
        Slice("Directory").MapDirectory();
        Slice("Identifiers").MapIdentifiers();
        Slice("Devices").MapDevices();
        Slice("Telemetry").MapTelemetry();
        Slice("Facts").MapFacts();
        Slice("Indicators").MapIndicators();
        Slice("Rules").MapRules();
        Slice("Cases").MapCases();
        Slice("Notifications").MapNotifications();
        Slice("Reports").MapReports();
        Slice("Transparency").MapTransparency();
        Slice("Console").MapConsole();
        app.MapFallback(() => Problems.NotFound("page")).AllowAnonymous().ExcludeFromDescription();
        app.UseEndpoints(_ => { });
        // Compiling some hundred handlers takes a second; the first who asks for them waits for the rest.
        _ = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        return app;
    }

    /// <summary>JSON as the API speaks it: camelCase, enumerations by name.</summary>
    public static void Speak(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static Listeners Listen(ConfigureWebHostBuilder web, ServerOptions options)
    {
        var listeners = new Listeners();
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxResponseBufferSize = JsonStream.ResponseBytes;
            kestrel.Listen(options.Http, listen => listeners.Http = listen);
            listeners.Mqtt = kestrel.ListenMqtt(options.Mqtt);
            listeners.Mqtts = options.Mqtts is { } mqtts ? kestrel.ListenMqtts(mqtts) : null;
        });
        return listeners;
    }

    // Standard output is for programs: the ready line.
    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Nobody prints scopes, and each connection would keep one for as long as it lasts.
        logging.Services.Configure<LoggerFilterOptions>(filter => filter.CaptureScopes = false);
    }
}
