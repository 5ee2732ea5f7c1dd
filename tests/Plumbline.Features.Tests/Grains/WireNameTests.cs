using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Names on the wire stay what they are: two versions of the server run together while one replaces the other.</summary>
public sealed class WireNameTests
{
    private const string Record = "PLUMBLINE_WRITE_WIRE_NAMES";

    private const string WhatToDo = $"""
        The names that servers say to each other have changed; the first line that differs is below.
        A server of the last version may run beside one of this. What it sends must still be understood, and it must understand what it is sent:
        - a grain, a method, an [Id] or an enum member may be added: the last version must do without it;
        - none may be changed, reordered, given another type or used again for another thing: add a new one, and remove the old one a version later.
        If you have only added, or no version that knows the old names can be running any more, write the list anew with {Record}=1 and commit it.
        """;

    [Fact]
    public void Names_AreThoseOnRecord()
    {
        var names = WireNames.Describe();
        if (Environment.GetEnvironmentVariable(Record) is { Length: > 0 }) File.WriteAllText(RecordPath(), names);
        Assert.True(File.ReadAllText(RecordPath()) == names, $"{WhatToDo}\n{FirstDifference(File.ReadAllLines(RecordPath()), names.Split('\n'))}");
    }

    [Fact]
    public void Aliases_AreOnEverythingThatIsSent()
    {
        IEnumerable<MemberInfo> sent = [
            .. ProductTypes.GrainInterfaces, .. ProductTypes.Serialized, .. ProductTypes.GrainInterfaces.SelectMany(t => t.GetMethods())
        ];
        Assert.Empty(sent.Where(m => ProductTypes.AliasOf(m) is null).Select(m => $"{m.DeclaringType?.Name}.{m.Name}"));
    }

    /// <summary>Whoever reads a call sees that it leaves the process; its alias is what is sent, whatever the method is called.</summary>
    [Fact]
    public void Methods_SayThatTheyAreAwaited() =>
        Assert.Empty(ProductTypes.GrainInterfaces.SelectMany(t => t.GetMethods()).Where(m => !m.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(m => $"{m.DeclaringType?.Name}.{m.Name}"));

    [Fact]
    public void Aliases_AreOfOneTypeOrMethodEach()
    {
        Assert.Empty(Twice(ProductTypes.GrainInterfaces.Concat(ProductTypes.Serialized).Select(ProductTypes.AliasOf)));
        Assert.Empty(ProductTypes.GrainInterfaces.SelectMany(t => Twice(t.GetMethods().Select(m => $"{t.Name}.{ProductTypes.AliasOf(m)}"))));
    }

    /// <summary>The generated call is what carries a method's name: its own attribute is only a wish.</summary>
    [Fact]
    public void Calls_AreSentByTheirAliases()
    {
        var sent = from type in ProductTypes.All
                   from alias in type.GetCustomAttributesData().Where(a => a.AttributeType == typeof(CompoundTypeAliasAttribute))
                   let parts = (IReadOnlyList<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!
                   where parts[0].Value is "inv"
                   select $"{WireNames.NameOf((Type)parts[2].Value!)}.{parts[3].Value}";
        var declared =
            from type in ProductTypes.GrainInterfaces from method in type.GetMethods() select $"{WireNames.NameOf(type)}.{ProductTypes.AliasOf(method)}";
        Assert.Equal(declared.Order(), sent.Order());
    }

    private static IEnumerable<string?> Twice(IEnumerable<string?> names) => names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);

    private static string FirstDifference(string[] recorded, string[] now)
    {
        var at = recorded.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"on record, line {at + 1}: {recorded.ElementAtOrDefault(at)}\nnow:                 {now.ElementAtOrDefault(at)}";
    }

    private static string RecordPath([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "wire-names.txt");
}
