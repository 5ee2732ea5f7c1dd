using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Plumbline.Features.Traces;
using Plumbline.Otlp;

namespace Plumbline.Host.Tests.Configuration;

/// <summary>Whatever number or time can be set has bounds that are checked at the start. (The trace store checks its own.)</summary>
public sealed class BoundsTests
{
    private static readonly Type[] Bounded = [typeof(int), typeof(long), typeof(double), typeof(TimeSpan)];

    public static TheoryData<string> Options => [.. Types().Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(Options))]
    public void Options_HaveBounds_AndDefaultsWithinThem(string name)
    {
        var type = Types().Single(t => t.FullName == name);
        var defaults = Activator.CreateInstance(type);
        var limits = type.GetProperties().Where(p => p.CanWrite && Bounded.Contains(p.PropertyType)).ToArray();
        Assert.NotEmpty(limits);
        Assert.Empty(limits.Where(p => p.GetCustomAttribute<RangeAttribute>()?.IsValid(p.GetValue(defaults)) != true).Select(p => p.Name));
    }

    private static IEnumerable<Type> Types() =>
        typeof(TracesOptions).Assembly.GetExportedTypes().Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal)).Append(typeof(OtlpLimits));
}
