using System.CommandLine;
using Jingwei.Server.Hosting;

return await new RootCommand("Jingwei (经纬): connects, identifies, records, judges, acts, proves and shows.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
}.Parse(args).InvokeAsync();
