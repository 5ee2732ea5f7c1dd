using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>Of every mutation it is known why it can be repeated. Walks the schema: a new one has to be given a <see cref="Deed"/>.</summary>
public sealed class MutationKindTests(World world) : IClassFixture<World>
{
    private const string Introspection = """
        { mutation: __type(name: "Mutation") { fields { name args { type { ofType { name } } } } }
          __schema { types { name inputFields { name description type { kind name } } } } }
        """;

    [Fact]
    public async Task Mutations_AllHaveADeed_WithItsInput()
    {
        var inputs = InputTypes(await world.AskAsync(Introspection));
        var unserved = NotImplementedFields.All.Where(f => f.StartsWith("Mutation.", StringComparison.Ordinal)).Select(f => f.Split('.')[1]);
        Assert.Equal(inputs.Keys.Except(unserved).Order(), Deeds.All.Select(d => d.Mutation).Order());
        Assert.All(Deeds.All, d => Assert.Equal((d.Mutation, inputs[d.Mutation]), (d.Mutation, d.InputType)));
    }

    [Fact]
    public async Task Inputs_OfMutationsThatMakeSomethingNew_TakeARequestId_AllTold_Alike()
    {
        var types = (await world.AskAsync(Introspection)).At("__schema.types").EnumerateArray().Where(t =>
            t.GetProperty("inputFields").ValueKind == JsonValueKind.Array).ToArray();
        var requestIds = types.SelectMany(t =>
            t.GetProperty("inputFields").EnumerateArray().Where(f => f.Text("name") == "requestId").Select(f => (Type: t.Text("name"), Field: f))).ToArray();
        Assert.Equal(Deeds.All.Where(d => d.Repeat == Repeat.ByRequestId).Select(d => d.InputType).Order(), requestIds.Select(r => r.Type).Order());
        Assert.All(requestIds, r => Assert.Equal(("SCALAR", "ID"), (r.Field.Text("type.kind"), r.Field.Text("type.name"))));
        Assert.Contains("24 hours", Assert.Single(requestIds.Select(r => r.Field.Text("description")).Distinct()));
    }

    private static Dictionary<string, string> InputTypes(JsonElement schema) =>
        schema.At("mutation.fields").EnumerateArray().ToDictionary(f => f.Text("name"), f => f.GetProperty("args")[0].Text("type.ofType.name"));
}
