using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Directory.Edits;
using Jingwei.Server.Directory.Imports;
using Jingwei.Server.Directory.Layers;
using Jingwei.Server.Directory.Relations;

namespace Jingwei.Server.Directory;

/// <summary>Things: what there is, where it stands, what it has to do with what, who changed it, whether it is connected.</summary>
public static class DirectorySlice
{
    public static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<Things>()
        .AddSingleton<Presence>()
        .AddSingleton<Visible>()
        .AddSingleton<ThingSearch>()
        .AddSingleton<ThingHistory>()
        .AddSingleton<Relations.Relations>()
        .AddSingleton<Edits.Edits>()
        .AddSingleton<EditUndo>()
        .AddSingleton<SelectionEdit>()
        .AddSingleton<Layers.Layers>()
        .AddSingleton<Imports.Imports>()
        .AddSingleton<CalendarOwners>()
        .AddSingleton<CalendarPlaces>()
        .AddSingleton<OwnCalendars>()
        .AddSingleton<OwnShifts>();

    public static void MapDirectory(this IEndpointRouteBuilder routes)
    {
        routes.MapThings();
        routes.MapThingHistory();
        routes.MapRelations();
        routes.MapLayers();
        routes.MapEdits();
        routes.MapImports();
        routes.MapCalendars();
        routes.MapShifts();
    }
}
