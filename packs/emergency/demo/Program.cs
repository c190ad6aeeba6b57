using Jingwei.Demo;
using Jingwei.Demo.Emergency;

return await new DemoProgram("a province's day of incidents").RunAsync(args, (_, start, journal) => new Demonstration(start, TimeProvider.System, journal).RunAsync);
