using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Binding.Compile;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Tests.Api;

/// <summary>The product's schema and the .NET types behind it, as the program composes them: what another server would have to be told about them
/// is so already.</summary>
public sealed partial class SchemaBindingTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumbline-");
    private WebApplication _app = null!;

    private BoundSchema Bound => _app.Services.GetRequiredService<GraphQLEngine>().Bound;

    public ValueTask InitializeAsync()
    {
        var options = new ServerOptions { Port = 0, OtlpGrpcPort = 0, Data = _folder.FullName };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.AddEngines(options);
        builder.AddProduct(options);
        _app = builder.Build();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(true);
    }

    [Fact]
    public void ObjectTypes_StandForOneDotNetTypeEach_AndEachOfThoseForOneOfThem()
    {
        Assert.Empty(Bound.ClrTypes.GroupBy(t => t.Value, t => t.Key.Name).Where(g => g.Count() > 1).Select(g => $"{g.Key.Name}: {string.Join(", ", g)}"));
        var roots = new[] { Bound.Schema.QueryType, Bound.Schema.MutationType, Bound.Schema.SubscriptionType };
        var unbound = Bound.Schema.ObjectTypes.Except(roots).Where(t => !Bound.ClrTypes.ContainsKey(t!)).Select(t => t!.Name);
        Assert.Equal(ReachedByUnservedFieldsAlone, unbound.Order());
    }

    [Fact]
    public void Enums_AreDotNetEnums_WithTheSameNamesInCapitals_BothWays()
    {
        var bound = Bound.Enums.ToDictionary(e => e.Key.Item1, e => (Clr: e.Key.Item2, Json: e.Value));
        Assert.Equal(bound.Count, Bound.Enums.Count);
        var enums = Bound.Schema.Types.Values.OfType<EnumType>().Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["SsoStatus"], enums.Where(e => !bound.ContainsKey(e)).Select(e => e.Name));
        Assert.All(enums.Where(bound.ContainsKey), type =>
        {
            var (clr, json) = bound[type];
            Assert.Equal(type.Values.Keys.Order(StringComparer.Ordinal), Enum.GetNames(clr).Select(Capitals).Order(StringComparer.Ordinal));
            Assert.Equal(type.Values.Count, json.Count);
            Assert.All(json, member => Assert.Equal($"\"{Capitals(member.Key.ToString())}\"", Encoding.UTF8.GetString(member.Value)));
        });
    }

    /// <summary>Types of what the product does not serve yet.</summary>
    private static readonly string[] ReachedByUnservedFieldsAlone = ["GroupRole", "SsoConnection", "SsoConnectionPayload"];

    /// <summary>Words that begin with a capital, as every convention takes a name apart: FiveMinutes is FIVE_MINUTES.</summary>
    private static string Capitals(string name)
    {
        Assert.Matches(PlainWords(), name);
        return string.Join('_', Word().Matches(name).Select(w => w.Value.ToUpperInvariant()));
    }

    [GeneratedRegex("^([A-Z][a-z0-9]+)+$", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainWords();

    [GeneratedRegex("[A-Z][a-z0-9]+")]
    private static partial Regex Word();
}
