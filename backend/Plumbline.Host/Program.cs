using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.Host.Health;
using Plumbline.Host.Hosting;
using Plumbline.Host.Telemetry;
using Plumbline.Host.Web;

var read = ServerOptions.Read(args, Environment.GetEnvironmentVariables());
if (read.Problems.Count > 0) return Startup.Refuse(read.Problems);

WarmUp.Begin();
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Program).Assembly.GetName().Name });
builder.AddServer(read.Options);
builder.AddTelemetry(read.Options);
builder.AddEngines(read.Options);
builder.AddProduct(read.Options);

return await Startup.RunAsync(builder, app =>
{
    app.MapMetrics();
    app.UseServer();
    app.MapHealth();
    app.MapProduct();
    app.MapWebApplication();
}, read.Options);
