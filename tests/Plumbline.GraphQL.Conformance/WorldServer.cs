using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.GraphQL.Conformance.World;

namespace Plumbline.GraphQL.Conformance;

/// <summary>The fixed data over HTTP, for audits and real clients.</summary>
internal static class WorldServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WorldServices.Add(builder.Services);
        await using var app = builder.Build();
        app.MapGraphQL("/graphql", o => o.CreateContext = (http, context) =>
        {
            context.ReportCost = http.Request.Headers.ContainsKey("x-report-cost");
            return default;
        });
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
