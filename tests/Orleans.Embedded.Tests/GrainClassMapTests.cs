using Orleans.Runtime.Classes;

namespace Orleans.Embedded.Tests;

public sealed class GrainClassMapTests
{
    [Fact]
    public void Rules_GoodInterface_NoProblem() => Assert.Empty(GrainInterfaceRules.Check(typeof(IProbeGrain)));

    [Theory]
    [InlineData(typeof(IHasProperty), "is a property")]
    [InlineData(typeof(IReturnsInt), "returns System.Int32")]
    [InlineData(typeof(ITakesRef), "by reference")]
    [InlineData(typeof(ITakesSpan), "by reference")]
    [InlineData(typeof(INoKey), "must derive from")]
    public void Rules_BadInterface_NamesWhatIsWrong(Type grainInterface, string expected) => Assert.Contains(expected, Assert.Single(GrainInterfaceRules.Check(grainInterface)));

    [Fact]
    public void Map_SeveralProblems_TellsAllAtOnce()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => new GrainClassMap([typeof(HasPropertyLike), typeof(TwinA), typeof(TwinB)]));
        Assert.Contains("same grain type twin", thrown.Message);
        Assert.Contains("is a property", thrown.Message);
    }

    [Fact]
    public void Map_NoImplementation_IsRefused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new GrainClassMap([]).Of(typeof(IProbeGrain)));
        Assert.StartsWith("Could not find an implementation for interface", thrown.Message);
    }

    [Fact]
    public void Map_TwoImplementations_AsksForAPrefix()
    {
        var map = new GrainClassMap([typeof(FirstDouble), typeof(SecondDouble)]);
        Assert.Throws<ArgumentException>(() => map.Of(typeof(IDouble)));
        Assert.Equal(typeof(SecondDouble), map.Of(typeof(IDouble), typeof(SecondDouble).FullName).Type);
    }

    [Theory]
    [InlineData(typeof(ProbeGrain), "probe")]
    [InlineData(typeof(CounterGrain), "test.counter")]
    public void GrainType_OfAClass_IsTheAttributeOrTheShortName(Type type, string expected) => Assert.Equal(expected, new GrainClass(type).GrainType.ToString());

    public interface IHasProperty : IGrainWithStringKey
    {
        int Size { get; }
    }

    public interface IReturnsInt : IGrainWithStringKey
    {
        int Size();
    }

    public interface ITakesRef : IGrainWithStringKey
    {
        Task Size(ref int size);
    }

    public interface ITakesSpan : IGrainWithStringKey
    {
        Task Size(ReadOnlySpan<byte> size);
    }

    public interface INoKey : IGrain
    {
        Task Size();
    }

    public interface IDouble : IGrainWithStringKey;

    // Abstract, so that the walk through this assembly's grains passes them over.
    private abstract class NotWalked : IGrainBase
    {
        public Orleans.Runtime.IGrainContext GrainContext => throw new NotSupportedException();
    }

    private abstract class HasPropertyLike<T> : NotWalked, IHasProperty
    {
        public int Size => 0;
    }

    private abstract class HasPropertyLike : HasPropertyLike<int>;

    [GrainType("twin")]
    private abstract class TwinA : NotWalked;

    [GrainType("twin")]
    private abstract class TwinB : NotWalked;

    private abstract class FirstDouble : NotWalked, IDouble;

    private abstract class SecondDouble : NotWalked, IDouble;
}
