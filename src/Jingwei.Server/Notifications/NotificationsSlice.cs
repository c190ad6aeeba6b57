using Jingwei.Server.Notifications.Deciding;
using Jingwei.Server.Notifications.Duty;
using Jingwei.Server.Notifications.Inbox;
using Jingwei.Server.Notifications.Mail;
using Jingwei.Server.Notifications.Rotas;
using Jingwei.Server.Notifications.Sending;
using Jingwei.Server.Notifications.Sources;
using Jingwei.Server.Notifications.Webhooks;
using Jingwei.Server.Notifications.Words;

namespace Jingwei.Server.Notifications;

/// <summary>Notifications: who is told of what, in the console, by mail and by webhook; and who is on call.</summary>
public static class NotificationsSlice
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, ServerOptions options) => services
        .AddSingleton(options.Delivery)
        .AddSingleton(new WebhookAddress(options.Delivery.Networks))
        .AddSingleton<NotificationTables>()
        .AddSingleton<NotificationBook>()
        .AddSingleton<NoticeBook>()
        .AddSingleton<SettingsBook>()
        .AddSingleton<RotaBook>()
        .AddSingleton<DutyLog>()
        .AddSingleton<WebhookBook>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<MailSender>()
        .AddSingleton<Recipients>()
        .AddSingleton<Wording>()
        .AddSingleton<AlarmSource>()
        .AddSingleton<CaseSource>()
        .AddSingleton<DeliveryBook>()
        .AddSingleton(provider => new Outbox(
            provider.GetRequiredService<NotificationTables>(), options.Delivery, provider.GetRequiredService<TimeProvider>(), new Random()))
        .AddHostedService<Notifier>()
        .AddHostedService<DeliveryLoop>()
        .AddHostedService<NotificationKeeping>();

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapNotificationRoutes();
        routes.MapNoticeRoutes();
        routes.MapSettingsRoutes();
        routes.MapRotaRoutes();
        routes.MapOnCall();
        routes.MapDutyLog();
        routes.MapHandovers();
        routes.MapWebhookRoutes();
        routes.MapDeliveryRoutes();
    }
}
