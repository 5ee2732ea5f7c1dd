using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>Whoever has no credential is told so, whatever they send: the answer does not depend on an id. Walks the whole schema.</summary>
public sealed class AnonymousTests(AnonymousTests.OpenServer server) : IClassFixture<AnonymousTests.OpenServer>
{
    private static readonly string[] Shapes = ["", "nonsense", "../../etc/passwd", "prj_", "prj_AAAA", "\\u0000"];

    [Theory]
    [InlineData("Query", "query")]
    [InlineData("Mutation", "mutation")]
    [InlineData("Subscription", "subscription")]
    public async Task RootFields_WithIdsOfAnyShape_AnswerUnauthenticated(string type, string operation)
    {
        using var nobody = ServerClient.Browser(server.Process);
        var problems = new List<string>();
        var walked = 0;
        foreach (var field in server.Schema.Fields(type))
        {
            foreach (var document in Calls(field).Select(call => $"{operation} {{ {call} }}").Distinct(StringComparer.Ordinal))
            {
                var answer = type == "Subscription" ? await FirstEventAsync(nobody, document) : await nobody.QueryTextAsync(document);
                if (!answer.Contains("\"code\":\"UNAUTHENTICATED\"", StringComparison.Ordinal) || answer.Split("\"code\":").Length != 2)
                    problems.Add($"{document}: {answer}");
                walked++;
            }
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.True(walked >= server.Schema.Fields(type).Count());
    }

    /// <summary>The field with each of its ids in every shape, the others as they look when they are right; and once as it is.</summary>
    private IEnumerable<string> Calls(ApiField field)
    {
        var build = new DocumentBuilder(server.Schema, (name, input) => Real(IdKinds.Of(name, input)));
        var paths = server.Schema.PathsToIds(field.Arguments).ToArray();
        if (paths.Length == 0) yield return build.Call(field, "", "");
        foreach (var path in paths)
            foreach (var id in Shapes.Append(Real(IdKinds.Of(field.Name, path.Split('.')[^1]))))
                yield return build.Call(field, path, id);
    }

    private string Real(string kind) => kind switch
    {
        NodeKinds.Organization => NodeId.Format(kind, server.Project.Organization),
        NodeKinds.User => NodeId.Format(kind, RandomId.New()),
        NodeKinds.Project => NodeId.Format(kind, server.Project.ToString()),
        _ => NodeId.Format(kind, server.Project, RandomId.New()),
    };

    private static async Task<string> FirstEventAsync(ServerClient client, string document)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query = document }), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.ListenAsync(body);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A server that lets strangers ask as much as they like.</summary>
    public sealed class OpenServer : IAsyncLifetime
    {
        public ServerProcess Process { get; private set; } = null!;

        internal ProjectKey Project { get; private set; }

        internal ApiSchema Schema { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var settings = new Dictionary<string, string>(RunningServer.FirstRun) { ["PLUMBLINE_GRAPHQL_ANONYMOUS_REQUESTS_PER_MINUTE"] = "1000000" };
            Process = await ServerProcess.StartAsync(environment: settings);
            using var script = ServerClient.Script(Process, RunningServer.ApiKey);
            var viewer = (await script.QueryAsync("{ viewer { organizations { projects { id } } } }")).GetProperty("viewer");
            Project = NodeId.ParseProject(viewer.Text("organizations[0].projects[0].id"));
            Schema = await ApiSchema.ReadAsync(script);
        }

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
